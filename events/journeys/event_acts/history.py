"""The history of an event in words: what each act changed, before and after."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ...catalogue.dates import day_range, long_moment
from ...catalogue.event_states import EventState
from ...catalogue.models import Event, EventChange
from ...catalogue.texts import LANGUAGES, Texts

Fact = tuple[str, str, str]
"""What changed, what it was ("" when it was nothing), what it became."""


@dataclass(frozen=True, slots=True)
class Line:
    """One act with what it changed."""

    change: EventChange
    facts: list[Fact]


def in_words(changes: Iterable[EventChange], event: Event) -> list[Line]:
    """Each change with its facts; moments are shown in the event's zone."""
    return [Line(change, list(_facts(change, event))) for change in changes]


def _facts(change: EventChange, event: Event) -> Iterator[Fact]:
    if change.act == EventChange.Act.DUPLICATE:
        yield _("Code"), change.before["code"], change.after["code"]
        return
    before, after = _words_of(change.before, event), _words_of(change.after, event)
    for what, words in after.items():
        if words != before.get(what, ""):
            yield what, before.get(what, ""), words


def _words_of(facts: dict[str, Any], event: Event) -> dict[str, str]:
    """The kept fields by their names, in words."""
    words: dict[str, str] = {}
    if "state" in facts:
        words[_("State")] = str(EventState(facts["state"]).label)
    if "start_date" in facts:
        first, last = (dt.date.fromisoformat(facts[each]) for each in ("start_date", "end_date"))
        words[_("Dates")] = day_range(first, last)
    for field, name in (
        ("registration_opens_at", _("Registration opens")),
        ("registration_closes_at", _("Registration closes")),
    ):
        if facts.get(field):
            words[name] = long_moment(dt.datetime.fromisoformat(facts[field]), event.tz)
    if "mode" in facts:
        words[_("Mode")] = str(Event.Mode(facts["mode"]).label)
    for field, name in (("title", _("Title")), ("place", _("Place")), ("words", _("Words in the mail"))):
        for code, text in Texts(facts.get(field) or {}).items():
            words[f"{name} ({LANGUAGES[code]})"] = text
    for field, name in (("venue", _("Venue")), ("country", _("Host country")), ("zone", _("Time zone"))):
        if field in facts:
            words[name] = facts[field] or "–"
    return words
