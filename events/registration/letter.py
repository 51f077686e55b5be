"""A letter to a delegate: said once in words, set as plain text and as HTML."""

from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_bidi

from ..catalogue.accents import COLOURS
from ..catalogue.models import Event, Family
from ..outbox.rendering import Attachment, Rendered


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says. `action` is the label and the address of its one button."""

    subject: str
    title: str
    greeting: str
    paragraphs: list[str]
    facts: list[tuple[str, str]]
    next_steps: list[str] = field(default_factory=list)
    action: tuple[str, str] | None = None


def set_letter(letter: Letter, event: Event | None, attachments: tuple[Attachment, ...] = ()) -> Rendered:
    """The letter in the active language; it says so when the event is a demonstration."""
    deep, accent = COLOURS[event.shown_accent if event else Family.Accent.LEAF]
    context = {
        "letter": letter,
        "event": event,
        "deep": deep,
        "accent": accent,
        "language": get_language(),
        "direction": "rtl" if get_language_bidi() else "ltr",
    }
    return Rendered(
        subject=letter.subject,
        text=render_to_string("mails/letter.txt", context),
        html=render_to_string("mails/letter.html", context),
        attachments=attachments,
    )
