"""The standard reasons of a refusal, which are mailed in the person's language. Pure.

A refusal keeps its reason as the code, a space and the Secretariat's own words, which are mailed as they are.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RefusalReason(models.TextChoices):
    """Why a registration was not approved, as staff choose it."""

    FULL = "full", _("All places are taken")
    NOT_ELIGIBLE = "not-eligible", _("The event is meant for other participants")
    NO_LETTER = "no-letter", _("A letter of the authorities is missing")
    OTHER = "other", _("Another reason, in your own words")


_TOLD = {
    RefusalReason.FULL: _("All places in your category are taken."),
    RefusalReason.NOT_ELIGIBLE: _("The event is meant for other participants."),
    RefusalReason.NO_LETTER: _("We have not received the letter of your authorities that names you."),
}


def as_kept(code: str, words: str) -> str:
    """The chosen reason and the own words as a line of history keeps them."""
    return f"{code} {words}".strip()


def told(kept: str) -> list[str]:
    """The paragraphs for the person, in the active language."""
    code, words = _parts(kept)
    standard = str(_TOLD[code]) if code in _TOLD else ""
    return [paragraph for paragraph in (standard, words) if paragraph]


def for_staff(kept: str) -> str:
    """The reason as the history shows it; one that is no standard reason stays as it is."""
    code, words = _parts(kept)
    if code is None:
        return words
    return f"{code.label}: {words}" if words else str(code.label)


def _parts(kept: str) -> tuple[RefusalReason | None, str]:
    code, _space, words = kept.partition(" ")
    return (RefusalReason(code), words) if code in RefusalReason.values else (None, kept)
