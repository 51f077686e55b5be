"""Contact points and delegations."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..files.storage import private_storage, stored_name

_ONE_PARTY = Q(country__isnull=False, rppo__isnull=True) | Q(country__isnull=True, rppo__isnull=False)


class ContactPoint(models.Model):
    """Who may nominate: a country's official contact point, an RPPO or an office of FAO. Over all events."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("Official contact point")
        RPPO = "rppo", _("Regional plant protection organization")
        FAO_OFFICE = "fao-office", _("Office of FAO")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OFFICIAL)
    country = models.ForeignKey(
        "events.Country", models.PROTECT, null=True, blank=True, related_name="contact_points",
        verbose_name=_("country"),
    )  # fmt: skip
    rppo = models.ForeignKey(
        "events.Rppo", models.PROTECT, null=True, blank=True, related_name="contact_points",
        verbose_name=_("RPPO"),
    )  # fmt: skip
    office = models.CharField(_("office"), max_length=160, blank=True)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    is_active = models.BooleanField(_("in office"), default=True)
    predecessor = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")
        ordering = ("kind", "country__iso2", "name")

    def __str__(self) -> str:
        return f"{self.represents} – {self.name}"

    @property
    def represents(self) -> str:
        """Country, RPPO or office, in the active language."""
        return str(self.country or self.rppo or self.office)


class Delegation(models.Model):
    """The people whom one party, or one RPPO, sends to one event."""

    class Credentials(models.TextChoices):
        NONE = "none", _("Not received")
        RECEIVED = "received", pgettext_lazy("credentials", "Received")
        ORIGINAL_SEEN = "original-seen", _("Original seen")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    link_version = models.PositiveSmallIntegerField(default=0, editable=False)
    event = models.ForeignKey(
        "events.Event", models.PROTECT, related_name="delegations", verbose_name=_("event")
    )
    country = models.ForeignKey(
        "events.Country", models.PROTECT, null=True, blank=True, related_name="delegations",
        verbose_name=_("party"),
    )  # fmt: skip
    rppo = models.ForeignKey(
        "events.Rppo", models.PROTECT, null=True, blank=True, related_name="delegations",
        verbose_name=_("RPPO"),
    )  # fmt: skip
    contact_point = models.ForeignKey(
        ContactPoint, models.PROTECT, related_name="delegations", verbose_name=_("contact point")
    )
    needs_approval = models.BooleanField(
        _("the Secretariat approves each nomination"),
        default=False,
        help_text=_("Always so where somebody else nominates for a party without a contact point."),
    )
    closes_at = models.DateTimeField(
        _("nominations close"), null=True, blank=True, help_text=_("Empty means with the registration.")
    )
    invited_at = models.DateTimeField(_("invited"), null=True, editable=False)
    letter = models.FileField(_("signed letter"), upload_to=stored_name, storage=private_storage, blank=True)
    letter_name = models.CharField(max_length=120, blank=True, editable=False)
    letter_at = models.DateTimeField(_("letter received"), null=True, editable=False)
    credentials = models.CharField(
        _("credentials"), max_length=14, choices=Credentials, default=Credentials.NONE
    )
    created_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ("event", "country__iso2", "rppo__acronym")
        constraints = (
            models.CheckConstraint(condition=_ONE_PARTY, name="delegation_of_one_party"),
            models.UniqueConstraint(fields=("event", "country"), name="one_delegation_a_country"),
            models.UniqueConstraint(fields=("event", "rppo"), name="one_delegation_an_rppo"),
        )

    def __str__(self) -> str:
        return f"{self.party} – {self.event.code}"

    @property
    def party(self) -> str:
        """The country or the RPPO, in the active language."""
        return str(self.country or self.rppo)
