"""What a scan can lead to. The codes are stable: scanners and exports depend on them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    """The answer to one scan."""

    ADMITTED = "admitted", _("Welcome")
    ALREADY_ADMITTED = "already_admitted", _("Already admitted")
    UNKNOWN_CODE = "unknown_code", _("This code is not known")
    OTHER_EVENT = "other_event", _("This badge is for another event")
    NOT_CONFIRMED = "not_confirmed", _("This registration is not confirmed")
    REVOKED = "revoked", _("This badge was replaced or revoked")
