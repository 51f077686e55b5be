"""One next edition of each family, invented, dated from the day of the run, open for registration."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ...catalogue.models import Country, Event, Family
from ...catalogue.services import add_categories, add_events, reschedule
from ...checkin.models import Checkpoint, Gate
from ...programme.services import programme_move
from ...registration.services import set_capacity
from .content import content
from .programme import add_symposium_programme
from .questions import add_questions

_OPENED_DAYS_AGO = 7
_CLOSES_DAYS_BEFORE = 4
_STAYS_OPEN_DAYS = 7
"""A newcomer must be able to register for at least so many days, else the event is moved on."""


@transaction.atomic
def add_next_editions(*, today: dt.date) -> list[Event]:
    """Add the editions that are missing and return those; move on those whose registration ends soon.

    An edition keeps its code for ever, so that addresses, tickets and calendars of the
    demonstration stay good; moving it is what a postponed event is to its calendar.
    """
    plan = content("next_editions")
    for event in Event.objects.filter(is_demonstration=True):
        entry = next((e for e in plan["event"] if e["code"] == event.code), None)
        if entry and _ends_soon(event, today):
            _move_on(event, entry, today)
    families = {family.slug: family for family in Family.objects.all()}
    countries = {country.iso2: country for country in Country.objects.only("iso2")}
    added = add_events(
        events=[_event(entry, plan["note"], families, countries, today) for entry in plan["event"]]
    )
    entries = {entry["code"]: entry for entry in plan["event"]}
    for event in added:
        _furnish(event, entries[event.code], plan["category"])
    return added


def _event(
    entry: Mapping[str, Any],
    note: Mapping[str, str],
    families: Mapping[str, Family],
    countries: Mapping[str, Country],
    today: dt.date,
) -> Event:
    event = Event(
        code=entry["code"],
        family=families[entry["family"]],
        title=entry["title"],
        zone=entry["zone"],
        place=entry["place"],
        country=countries[entry["country"]] if "country" in entry else None,
        workshop_region=entry.get("workshop_region", ""),
        mode=entry["mode"],
        languages=entry["languages"],
        state=Event.State.ANNOUNCED,
        is_demonstration=True,
        note=note,
    )
    event.start_date, event.end_date = _days(entry, today)
    event.registration_opens_at, event.registration_closes_at = _window(event.start_date, event.tz, today)
    return event


def _days(entry: Mapping[str, Any], today: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day: from the first Monday at least `in_days` after today."""
    earliest = today + dt.timedelta(days=entry["in_days"])
    first = earliest + dt.timedelta(days=-earliest.weekday() % 7)
    return first, first + dt.timedelta(days=entry["days"] - 1)


def _window(start: dt.date, zone: dt.tzinfo, today: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Registration opened a week ago and closes at the end of a day some days before the event."""
    opens = today - dt.timedelta(days=_OPENED_DAYS_AGO)
    closes = start - dt.timedelta(days=_CLOSES_DAYS_BEFORE)
    return dt.datetime.combine(opens, dt.time(9), zone), dt.datetime.combine(closes, dt.time(23, 59), zone)


def _ends_soon(event: Event, today: dt.date) -> bool:
    closes = event.registration_closes_at
    return closes is not None and closes.astimezone(event.tz).date() <= today + dt.timedelta(
        days=_STAYS_OPEN_DAYS
    )


def _move_on(event: Event, entry: Mapping[str, Any], today: dt.date) -> None:
    """Move the event, its registration window and its sessions to where a new edition would lie."""
    before = event.start_date
    start, end = _days(entry, today)
    opens_at, closes_at = _window(start, event.tz, today)
    reschedule(event=event, start_date=start, end_date=end, opens_at=opens_at, closes_at=closes_at)
    programme_move(event=event, days=(start - before).days)


def _furnish(event: Event, entry: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> None:
    """Categories, places, an entrance where people come; for the symposium its programme and questions."""
    chosen = [known[key] for key in entry["categories"]]
    set_capacity(event=event, category=None, capacity=entry.get("places"))
    fields = [{key: value for key, value in facts.items() if key != "places"} for facts in chosen]
    for category, facts in zip(add_categories(event=event, categories=fields), chosen, strict=True):
        set_capacity(event=event, category=category, capacity=facts.get("places"))
    if event.mode != Event.Mode.VIRTUAL:
        checkpoint = Checkpoint.objects.create(event=event, name="Entrance")
        Gate.objects.create(checkpoint=checkpoint, name="Main entrance")
    if entry["family"] == "ephyto":
        add_symposium_programme(event)
        add_questions(event)
