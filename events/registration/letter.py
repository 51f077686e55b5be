"""A letter to a delegate: said once in words, set as plain text and as HTML."""

from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from ..catalogue.accents import COLOURS
from ..catalogue.dates import event_days
from ..catalogue.models import Event, Family
from ..outbox.rendering import Attachment, Rendered
from . import link
from .models import Registration


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says. `action` is the label and the address of its one button.

    `words_language` is that of title and paragraphs where it is not the letter's own.
    """

    subject: str
    title: str
    greeting: str
    paragraphs: list[str]
    facts: list[tuple[str, str]]
    next_steps: list[str] = field(default_factory=list)
    action: tuple[str, str] | None = None
    words_language: str = ""


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


def overtaken(registration: Registration) -> Rendered:
    """The state has changed while the mail waited: how the registration stands now, and the link."""
    stands = registration.get_state_display()
    subject = stands.replace("%", "%%") + ": %(event)s (%(reference)s)"
    return set_letter(
        letter_to(registration, subject=subject, title=stands, paragraphs=[]), registration.event
    )


def letter_to(
    registration: Registration,
    *,
    subject: str,
    title: str,
    paragraphs: list[str],
    next_steps: list[str] | None = None,
    action: str = "",
) -> Letter:
    """A letter with what every mail about a registration holds; `subject` names event and reference.

    `action` is the label of the link to the person's page.
    """
    event = registration.event
    heading = subject % {"event": event.title.text(), "reference": registration.reference}
    return Letter(
        subject=marked(heading, event),
        title=title,
        greeting=_("Dear %(name)s,") % {"name": registration.name},
        paragraphs=paragraphs,
        facts=facts_of(
            event,
            (_("How you take part"), str(registration.category)),
            (_("You represent"), registration.representing_label),
            (_("Reference"), registration.reference),
        ),
        next_steps=next_steps or [],
        action=(
            action or _("My registration"),
            link.personal_address(registration.public_id, registration.link_version),
        ),
    )


def marked(subject: str, event: Event) -> str:
    """The subject, which says so when the event is a demonstration."""
    return _("[Demonstration] %(subject)s") % {"subject": subject} if event.is_demonstration else subject


def facts_of(event: Event, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """What, when and where, then `more`; without what is empty."""
    facts = [
        (_("Event"), event.title.text()),
        (_("Dates"), event_days(event)),
        (_("Place"), ", ".join(part for part in (event.venue, event.place.text()) if part)),
        *more,
    ]
    return [(term, words) for term, words in facts if words]
