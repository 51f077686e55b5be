"""The ticket to print or to keep on the phone: one A6 page in one of the six languages."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..catalogue.dates import event_days
from ..registration.models import Registration
from ..typesetting.pdf import typeset
from ..typesetting.words import Words, direction_of, words
from .code import badge_address
from .qr import symbol
from .selectors import ticketed_registration


def ticket_pdf(registration_id: int, language: str) -> bytes:
    """The ticket's PDF. `language` is one of the site's six codes.

    Raises `Registration.DoesNotExist` when there is no ticket that opens the door.
    """
    registration = ticketed_registration(registration_id)
    with override(language):
        return typeset("tickets/ticket.typ", _content(registration, language))


def _content(registration: Registration, language: str) -> dict[str, Any]:
    """What `ticket.typ` draws; texts are of the active language, which `language` names."""
    event, category = registration.event, registration.category
    drawn = symbol(badge_address(settings.BADGE_URL, registration.ticket.code))
    return {
        "direction": direction_of(language),
        "title": words(event.title.text(), event.title.language()),
        "when": words(event_days(event), language),
        "where": _lines(language, event.place.text(), event.venue),
        "name": words(registration.name, language),
        "representing": _lines(language, registration.representing_label),
        "colour": category.colour,
        "facts": [
            {"term": words(term, language), "value": words(value, language)}
            for term, value in (
                (_("Reference"), registration.reference),
                (_("Category"), f"{category.label} ({category.letter})"),
            )
        ],
        "heading": words(_("Ticket"), language),
        "use": words(_("Show this code at the entrance, on your phone or on paper."), language),
        "notice": _lines(language, _("Demonstration, not a real event") if event.is_demonstration else ""),
        "symbol": {**asdict(drawn), "view_box": drawn.view_box},
        "symbol_name": _("QR code of this ticket"),
    }


def _lines(language: str, *texts: str) -> list[Words]:
    """The texts that are not empty."""
    return [words(text, language) for text in texts if text]
