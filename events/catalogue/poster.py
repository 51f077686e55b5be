"""The picture of an event that a shared link shows: 1200 x 630 pixels, PNG, in each language."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from ..typesetting.pdf import picture
from ..typesetting.words import direction_of, words
from .dates import day_range
from .models import Event, Family

WIDTH, HEIGHT = 1200, 630
_TEMPLATE = "catalogue/poster.typ"

# As in static/css/tokens.css: --accent-deep and --accent.
COLOURS: dict[str, tuple[str, str]] = {
    Family.Accent.LEAF: ("#14532f", "#1b6e3c"),
    Family.Accent.OCEAN: ("#123f66", "#1a5a92"),
    Family.Accent.EARTH: ("#663610", "#8a4a14"),
    Family.Accent.PLUM: ("#5a2048", "#7b2d62"),
    Family.Accent.LAKE: ("#0a4a4a", "#0d6767"),
    Family.Accent.SLATE: ("#333f49", "#475663"),
}


def poster_content(event: Event, language: str) -> dict[str, Any]:
    """All that is on the picture. `language` is one of the site's six codes."""
    deep, accent = COLOURS[event.family.accent]
    with override(language):
        return {
            "direction": direction_of(language),
            "deep": deep,
            "accent": accent,
            "family": words(event.family.name.text(), event.family.name.language()),
            "title": words(event.title.text(), event.title.language()),
            "when": words(_when(event), language),
            "where": [words(event.place.text(), event.place.language())] if event.place.text() else [],
            "site": words(f"{_('IPPC Events')} · {_('International Plant Protection Convention')}", language),
            "notice": [words(_("Demonstration, not a real event"), language)]
            if event.is_demonstration
            else [],
        }


def poster_digest(content: dict[str, Any]) -> str:
    """What names this very picture: another word, date, colour or drawing makes another digest."""
    told = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{_drawing()}{told}".encode()).hexdigest()[:32]


def draw_poster(content: dict[str, Any]) -> bytes:
    """The PNG."""
    return picture(_TEMPLATE, content)


def _when(event: Event) -> str:
    """The days, or that they do not hold."""
    days = day_range(event.start_date, event.end_date)
    if event.state in {Event.State.CANCELLED, Event.State.POSTPONED}:
        return f"{event.get_state_display()} ({days})"
    return days


@cache
def _drawing() -> str:
    return Path(__file__).with_name("poster.typ").read_text()
