"""What there is before a registration: an invitation, or a form half filled in."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import Registration


class PersonalInvitation(models.Model):
    """An invitation to register, bound to one address, which the form then does not ask for."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    link_version = models.PositiveSmallIntegerField(default=0, editable=False)
    event = models.ForeignKey(
        "events.Event", models.CASCADE, related_name="personal_invitations", verbose_name=_("event")
    )
    category = models.ForeignKey(
        "events.Category", models.CASCADE, related_name="+", verbose_name=_("category")
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"))
    email_folded = models.CharField(max_length=254, editable=False)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    expires_at = models.DateTimeField(
        _("valid until"), null=True, blank=True, help_text=_("Empty means as long as registration is open.")
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    registration = models.OneToOneField(
        Registration, models.SET_NULL, null=True, editable=False, related_name="invitation"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("invitation to register")
        verbose_name_plural = _("invitations to register")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("event", "email_folded"),
                condition=models.Q(revoked_at__isnull=True),
                name="one_invitation_an_address",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name or self.email} – {self.event.code}"

    @property
    def is_open(self) -> bool:
        """Whether its link can be used now."""
        if self.revoked_at is not None or self.registration_id is not None:
            return False
        return self.expires_at is None or timezone.now() < self.expires_at


class Draft(models.Model):
    """A form half filled in, to be gone on with by a mailed link."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey("events.Event", models.CASCADE, related_name="drafts")
    email = models.EmailField()
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    posted = models.JSONField(default=list, help_text="Names and values as the form posts them.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)
    finished_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.public_id)
