"""Teams of an event, invitations to join them, and the record of who saw personal data."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .roles import Role


class Membership(models.Model):
    """A person's role in one event's team."""

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="team", verbose_name=_("event"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role)

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        ordering = ("event", "user", "role")
        constraints = (models.UniqueConstraint(fields=("event", "user", "role"), name="one_role_once"),)

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"


class Invitation(models.Model):
    """A mailed invitation for a member of staff; the link is derived and never stored (see `links`)."""

    email = models.EmailField(_("e-mail"))
    event = models.ForeignKey("events.Event", models.CASCADE, null=True, blank=True, verbose_name=_("event"))
    role = models.CharField(_("role"), max_length=10, choices=Role, blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(null=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("staff invitation")
        verbose_name_plural = _("staff invitations")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """Whether the link in the mail can be used now."""
        return self.accepted_at is None and timezone.now() < self.expires_at


class AccessRecord(models.Model):
    """One view or export of personal data: who, what, of which event, how many people."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    event = models.ForeignKey("events.Event", models.SET_NULL, null=True, related_name="+")
    what = models.CharField(
        max_length=60, help_text="The screen or export, for example “registrations, CSV”."
    )
    subject = models.CharField(
        max_length=60, blank=True, help_text="The reference of the one person, if one."
    )
    people = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("access to personal data")
        verbose_name_plural = _("accesses to personal data")
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what}"


class Taken(models.Model):
    """How often somebody did what is limited, in one span of time. `limits` names and writes the rows."""

    digest = models.CharField(max_length=64, primary_key=True)
    taken = models.PositiveIntegerField()
    ends_at = models.PositiveBigIntegerField(db_index=True, help_text="In seconds since 1970.")

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.digest
