"""Tickets: the opaque code of a confirmed registration."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .code import CODE_LENGTH


class Ticket(models.Model):
    """The code that opens the door for one registration until it is revoked."""

    registration = models.OneToOneField("events.Registration", models.CASCADE, related_name="ticket")
    code = models.CharField(_("code"), max_length=CODE_LENGTH, unique=True, editable=False)
    issued_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")

    def __str__(self) -> str:
        return str(self.registration)
