"""The kinds of questions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an answer is; `types` has the class of each."""

    TEXT = "text", _("Short text")
    LONG_TEXT = "long-text", _("Long text")
    NUMBER = "number", _("Number")
    CHOICE = "choice", _("One choice")
    CHOICES = "choices", _("Several choices")
    COUNTRY = "country", _("Country")
    DATE = "date", _("Date")
    PHONE = "phone", _("Telephone number")
    EMAIL = "email", _("E-mail address")
    FILE = "file", _("File")
    PHOTO = "photo", _("Photo")
    CONSENT = "consent", _("Consent")
    SESSION = "session", _("Session of the programme")
    TRAVEL = "travel", _("Travel support")
    VISA = "visa", _("Data for the visa")
    DIET = "diet", _("Diet")
    ACCESSIBILITY = "accessibility", _("Accessibility")


FILES = frozenset({Kind.FILE, Kind.PHOTO})
"""The kinds that are answered by a file."""
