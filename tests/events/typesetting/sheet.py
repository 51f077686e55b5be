"""The data of a ticket without a database."""

from typing import Any

from events.tickets.code import badge_address
from events.tickets.qr import symbol
from events.typesetting.words import words

ADDRESS = badge_address("https://events.ippc.int", "A" * 20)


def ticket_of(name: str) -> dict[str, Any]:
    """What `ticket.typ` takes, for a person of this name."""
    drawn = symbol(ADDRESS)
    return {
        "direction": "ltr",
        "title": words("Symposium", "en"),
        "when": words("22–26 January 2027", "en"),
        "where": [],
        "name": words(name, "en"),
        "representing": [words("Kenya", "en")],
        "colour": "#1B6E3C",
        "facts": [{"term": words("Reference", "en"), "value": words("R7K2-M9QX", "en")}],
        "heading": words("Ticket", "en"),
        "use": words("Show this code", "en"),
        "notice": [],
        "symbol": {"strokes": drawn.strokes, "view_box": drawn.view_box},
        "symbol_name": "QR code",
    }
