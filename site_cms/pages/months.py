"""A month as a calendar hangs on the wall: weeks from Monday, events as bars over their days."""

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasts from `first` to `last`, both included."""

    first: dt.date
    last: dt.date
    item: Any


@dataclass(frozen=True, slots=True)
class Bar:
    """A span's part in one week, or a gap of `days` where `span` is None."""

    days: int
    span: Span | None = None
    begins: bool = True
    ends: bool = True


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days and, below each other, the lanes of bars; a lane covers all seven days."""

    days: list[dt.date]
    lanes: list[list[Bar]]


def month_in(text: str) -> dt.date | None:
    """The first day of a month written as 2027-01; None for anything else and for years out of reach."""
    found = _MONTH.fullmatch(text)
    year = int(found[1]) if found else 0
    return dt.date(year, int(found[2]), 1) if found and 1900 <= year < 2200 else None


def first_of(day: dt.date) -> dt.date:
    """The first day of the month of `day`."""
    return day.replace(day=1)


def month_after(month: dt.date, months: int = 1) -> dt.date:
    """The first day of the month that lies `months` later, or earlier when negative."""
    year, index = divmod(month.year * 12 + month.month - 1 + months, 12)
    return dt.date(year, index + 1, 1)


def days_shown(month: dt.date) -> tuple[dt.date, dt.date]:
    """The Monday on or before the month's first day and the Sunday on or after its last."""
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    return weeks[0][0], weeks[-1][-1]


def weeks_of(month: dt.date, spans: Sequence[Span]) -> list[Week]:
    """The weeks of the month of `month`, with the spans that touch them."""
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    ordered = sorted(spans, key=lambda span: (span.first, -(span.last - span.first).days))
    return [Week(days, _lanes(days, ordered)) for days in weeks]


def _lanes(days: list[dt.date], spans: Sequence[Span]) -> list[list[Bar]]:
    """The spans of one week, each in the first lane that is free on its first day."""
    lanes: list[list[Span]] = []
    for span in spans:
        if span.last < days[0] or span.first > days[-1]:
            continue
        lane = next((lane for lane in lanes if lane[-1].last < span.first), None)
        if lane is None:
            lanes.append([span])
        else:
            lane.append(span)
    return [_bars(days, lane) for lane in lanes]


def _bars(days: list[dt.date], spans: Sequence[Span]) -> list[Bar]:
    """The spans, which do not overlap, and the gaps between them."""
    bars: list[Bar] = []
    free = 0
    for span in spans:
        begin = max((span.first - days[0]).days, 0)
        end = min((span.last - days[0]).days, 6)
        if begin > free:
            bars.append(Bar(begin - free))
        bars.append(Bar(end - begin + 1, span, span.first >= days[0], span.last <= days[-1]))
        free = end + 1
    if free < 7:
        bars.append(Bar(7 - free))
    return bars
