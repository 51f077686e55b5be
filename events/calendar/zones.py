"""The changes of a zone's offset within a span of days, from the IANA data, as VTIMEZONE tells them.

Computed here because icalendar's own search leaps over a short summer time (Morocco's Ramadan) and
gives the beginning of an observance in the offset after it instead of the one before.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Observance:
    """An offset that holds from `start`, a local time in the offset before (RFC 5545 section 3.6.5)."""

    start: dt.datetime
    offset_from: dt.timedelta
    offset_to: dt.timedelta
    name: str
    is_daylight: bool


def observances(zone: ZoneInfo, first: dt.date, last: dt.date) -> list[Observance]:
    """The offset on the day `first` (UTC) and each later one until `last`."""
    start = dt.datetime.combine(first, dt.time(), tzinfo=dt.UTC)
    end = dt.datetime.combine(last, dt.time(), tzinfo=dt.UTC)
    found = [_observance(zone, start, before=start)]
    while start < end:
        if _offset(zone, start) != _offset(zone, start + _DAY):
            change = _moment_of_change(zone, start, start + _DAY)
            found.append(_observance(zone, change, before=start))
        start += _DAY
    return found


def _moment_of_change(zone: ZoneInfo, before: dt.datetime, after: dt.datetime) -> dt.datetime:
    """The first second of the new offset, by bisection."""
    offset = _offset(zone, before)
    while after - before > dt.timedelta(seconds=1):
        middle = before + dt.timedelta(seconds=(after - before) // dt.timedelta(seconds=2))
        before, after = (middle, after) if _offset(zone, middle) == offset else (before, middle)
    return after


def _observance(zone: ZoneInfo, moment: dt.datetime, *, before: dt.datetime) -> Observance:
    local = moment.astimezone(zone)
    offset_from = _offset(zone, before)
    return Observance(
        start=(moment + offset_from).replace(tzinfo=None),
        offset_from=offset_from,
        offset_to=_offset(zone, moment),
        name=local.tzname() or "",
        is_daylight=bool(local.dst()),
    )


def _offset(zone: ZoneInfo, moment: dt.datetime) -> dt.timedelta:
    return moment.astimezone(zone).utcoffset() or dt.timedelta()
