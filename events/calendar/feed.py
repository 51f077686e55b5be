"""Entries to iCalendar (RFC 5545 and RFC 7986). The one module that knows the icalendar library."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ..catalogue.models import Event
from .entries import Entry, event_address, event_days
from .zones import observances

if TYPE_CHECKING:
    from icalendar import Calendar, Timezone
    from icalendar import Event as VEvent

PRODID = "-//IPPC Secretariat//IPPC Events//EN"
REFRESH = dt.timedelta(hours=1)
"""How often a subscriber may ask again; an unchanged feed costs a 304."""

_ZONE_MARGIN = dt.timedelta(days=2)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u0085\u2028\u2029]+")


def calendar_bytes(entries: Sequence[Entry], *, name: str, url: str = "", colour: str = "") -> bytes:
    """A feed to subscribe to, called `name`, in one language.

    No METHOD, which would ask for an ORGANIZER, and no UID of the calendar, for which some clients
    store the feed as one item.
    """
    from icalendar import vDuration, vText

    calendar = _calendar(entries)
    for key in ("name", "x-wr-calname"):
        # The library does not know these properties and would not escape a plain string.
        calendar.add(key, vText(_plain(name)))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for key, value in (("url", url), ("color", colour)):
        if value:
            calendar.add(key, value)
    return bytes(calendar.to_ical())


def event_entry(event: Event, language: str) -> bytes:
    """A file with the event's days alone, for a mail or a page.

    It leads to the event's public page: calendars are shared, so a personal link has no place in one.
    """
    return bytes(_calendar([event_days(event, language, url=event_address(event, language))]).to_ical())


def _calendar(entries: Sequence[Entry]) -> "Calendar":
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    components = [_component(entry) for entry in entries]
    for zone in _zones(entries, components):
        calendar.add_component(zone)
    for component in components:
        calendar.add_component(component)
    return calendar


def _component(entry: Entry) -> "VEvent":
    from icalendar import Event as VEvent

    component = VEvent()
    values: dict[str, Any] = {
        "uid": entry.uid,
        # Without METHOD, DTSTAMP is when the information was last revised (RFC 5545, 3.8.7.2).
        "dtstamp": _to_second(entry.changed),
        "dtstart": entry.start,
        "dtend": entry.end,
        "summary": _plain(entry.summary),
        "status": entry.status,
        "sequence": entry.sequence,
        "created": _to_second(entry.created),
        "last-modified": _to_second(entry.changed),
        "transp": "TRANSPARENT" if entry.is_all_day else "OPAQUE",
        "location": _plain(entry.place),
        "description": _plain(entry.description),
        "url": entry.url,
        "color": entry.colour,
    }
    for key, value in values.items():
        if value != "":
            component.add(key, value)
    return component


def _zones(entries: Sequence[Entry], components: Sequence["VEvent"]) -> list["Timezone"]:
    """A VTIMEZONE for each TZID used, with the changes of its offset around the entries only."""
    names = sorted({component["DTSTART"].params["TZID"] for component in components if _has_zone(component)})
    return [_zone(ZoneInfo(name), [entry for entry in entries if _is_in(entry, name)]) for name in names]


def _zone(zone: ZoneInfo, entries: Sequence[Entry]) -> "Timezone":
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    described = Timezone()
    described.add("tzid", zone.key)
    first = min(_day(entry.start) for entry in entries) - _ZONE_MARGIN
    last = max(_day(entry.end) for entry in entries) + _ZONE_MARGIN
    for observance in observances(zone, first, last):
        part = TimezoneDaylight() if observance.is_daylight else TimezoneStandard()
        part.add("dtstart", observance.start)
        part.add("tzoffsetfrom", observance.offset_from)
        part.add("tzoffsetto", observance.offset_to)
        part.add("tzname", observance.name)
        described.add_component(part)
    return described


def _has_zone(component: "VEvent") -> bool:
    return "TZID" in component["DTSTART"].params


def _is_in(entry: Entry, zone: str) -> bool:
    return isinstance(entry.start, dt.datetime) and str(entry.start.tzinfo) == zone


def _day(moment: dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _to_second(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(microsecond=0)


def _plain(text: str) -> str:
    """`text` without control characters; only line breaks stay, which the library escapes."""
    return _CONTROL.sub(" ", text.replace("\r\n", "\n"))
