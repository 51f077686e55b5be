"""Registrations, their history, and the counters of places."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .states import HOLDS_PLACE, State, Transition

NAME_LENGTH = 120


class Counter(models.Model):
    """Places of an event, of one of its categories, of a delegation, or of a delegation in one category.

    `capacity` None means without limit.
    """

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="counters")
    category = models.ForeignKey(
        "events.Category", models.CASCADE, null=True, blank=True, related_name="counters"
    )
    delegation = models.ForeignKey(
        "events.Delegation", models.CASCADE, null=True, blank=True, related_name="counters"
    )
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    taken = models.PositiveIntegerField(_("taken"), default=0, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("event",),
                condition=models.Q(category__isnull=True, delegation__isnull=True),
                name="one_counter_an_event",
            ),
            models.UniqueConstraint(
                fields=("category",),
                condition=models.Q(delegation__isnull=True),
                name="one_counter_a_category",
            ),
            models.UniqueConstraint(
                fields=("delegation",),
                condition=models.Q(category__isnull=True),
                name="one_counter_a_delegation",
            ),
            models.UniqueConstraint(
                fields=("delegation", "category"), name="one_counter_a_category_of_a_delegation"
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True) | models.Q(taken__lte=models.F("capacity")),
                name="never_more_taken_than_places",
            ),
        )

    def __str__(self) -> str:
        return f"{self.taken}/{self.capacity}"


class Registration(models.Model):
    """One person registered for one event."""

    class Representing(models.TextChoices):
        COUNTRY = "country", _("A country or territory (government)")
        RPPO = "rppo", _("A regional plant protection organization")
        ORGANIZATION = "organization", _("An international organization")
        OTHER = "other", _("Another organization, or myself")

    class Gender(models.TextChoices):
        WOMAN = "woman", _("Woman")
        MAN = "man", _("Man")
        SELF_DESCRIBED = "self-described", _("I describe myself in another way")
        NOT_SAID = "not-said", _("Prefer not to say")

    class DelegationRole(models.TextChoices):
        HEAD = "head", _("Head of delegation")
        ALTERNATE = "alternate", _("Alternate")
        ADVISER = "adviser", _("Adviser")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    link_version = models.PositiveSmallIntegerField(default=0, editable=False)
    reference = models.CharField(_("reference"), max_length=20, unique=True, editable=False)
    event = models.ForeignKey(
        "events.Event", models.PROTECT, related_name="registrations", verbose_name=_("event")
    )
    category = models.ForeignKey(
        "events.Category", models.PROTECT, related_name="registrations", verbose_name=_("category")
    )
    state = models.CharField(_("state"), max_length=12, choices=State, editable=False)
    name = models.CharField(_("name as on the badge"), max_length=NAME_LENGTH)
    name_folded = models.CharField(max_length=3 * NAME_LENGTH, editable=False)
    email = models.EmailField(_("e-mail"))
    email_folded = models.CharField(max_length=254, editable=False)
    representing = models.CharField(_("representing"), max_length=12, choices=Representing)
    country = models.ForeignKey(
        "events.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("country"),
    )
    rppo = models.ForeignKey("events.Rppo", models.PROTECT, null=True, blank=True, verbose_name=_("RPPO"))
    organization = models.CharField(_("organization"), max_length=160, blank=True)
    function = models.CharField(_("function"), max_length=160, blank=True)
    gender = models.CharField(_("gender"), max_length=15, choices=Gender, default=Gender.NOT_SAID)
    gender_described = models.CharField(_("gender in own words"), max_length=60, blank=True)
    nationality = models.ForeignKey(
        "events.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("nationality"),
    )
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    language = models.CharField(_("language of correspondence"), max_length=10, choices=settings.LANGUAGES)
    price_minor = models.PositiveIntegerField(_("price in minor units"), default=0, editable=False)
    currency = models.CharField(_("currency"), max_length=3, default="USD", editable=False)
    price_explanation = models.CharField(
        _("how the price came about"), max_length=200, blank=True, editable=False
    )
    consent_at = models.DateTimeField(
        _("consent given"), null=True, editable=False, help_text="A nominated person gives it later."
    )
    consent_version = models.CharField(max_length=20, blank=True, editable=False)
    delegation = models.ForeignKey(
        "events.Delegation",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="registrations",
        verbose_name=_("delegation"),
    )
    delegation_role = models.CharField(
        _("role in the delegation"), max_length=10, choices=DelegationRole, blank=True, editable=False
    )
    funding_rank = models.PositiveSmallIntegerField(
        _("rank for funding"), null=True, editable=False, help_text="1 is whom the party would fund first."
    )
    waiting_since = models.DateTimeField(_("waiting since"), null=True, editable=False)
    offer_expires_at = models.DateTimeField(_("offer ends"), null=True, editable=False)
    replaces = models.OneToOneField(
        "self", models.SET_NULL, null=True, editable=False, related_name="replaced_by"
    )
    reconfirm_asked_at = models.DateTimeField(_("asked to reconfirm"), null=True, editable=False)
    reconfirmed_at = models.DateTimeField(_("reconfirmed"), null=True, editable=False)
    created_at = models.DateTimeField(_("registered"), auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    # Wagtail would keep copies of personal data in its indexes.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(fields=("event", "state", "category"), name="registration_by_state"),
            models.Index(fields=("event", "-created_at"), name="registration_newest"),
            models.Index(fields=("event", "email_folded"), name="registration_by_email"),
            models.Index(fields=("event", "name_folded", "country"), name="registration_by_name"),
            models.Index(
                fields=("category", "waiting_since"),
                name="registration_waiting",
                condition=models.Q(state=State.WAITING),
            ),
            models.Index(
                fields=("offer_expires_at",),
                name="registration_offered",
                condition=models.Q(state=State.OFFERED),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("delegation",),
                condition=models.Q(delegation_role="head", state__in=sorted(HOLDS_PLACE)),
                name="one_head_a_delegation",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def needs_approval(self) -> bool:
        """Whether the Secretariat approves it before it is confirmed."""
        return self.category.needs_approval or bool(self.delegation and self.delegation.needs_approval)

    @property
    def may_reconfirm(self) -> bool:
        """Whether the person has a place and was asked if they still come."""
        return self.state in HOLDS_PLACE and self.reconfirm_asked_at is not None

    @property
    def representing_label(self) -> str:
        """What the person represents, in the active language."""
        if self.representing == self.Representing.COUNTRY:
            return str(self.country) if self.country else ""
        if self.representing == self.Representing.RPPO:
            return str(self.rppo) if self.rppo else ""
        return self.organization


class StateChange(models.Model):
    """The audit line of one transition."""

    class Actor(models.TextChoices):
        DELEGATE = "delegate", _("The delegate")
        STAFF = "staff", _("The Secretariat")
        CONTACT = "contact", _("The contact point")
        CLOCK = "clock", _("The system")

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="history")
    transition = models.CharField(max_length=12, choices=Transition)
    from_state = models.CharField(max_length=12, choices=State, blank=True)
    to_state = models.CharField(max_length=12, choices=State)
    actor = models.CharField(max_length=10, choices=Actor)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("registration", "pk")

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
