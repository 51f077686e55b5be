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
from .accents import COLOURS
from .dates import day_range
from .models import Event

WIDTH, HEIGHT = 1200, 630
_TEMPLATE = "catalogue/poster.typ"


def poster_content(event: Event, language: str) -> dict[str, Any]:
    """All that is on the picture. `language` is one of the site's six codes."""
    deep, accent = COLOURS[event.shown_accent]
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
