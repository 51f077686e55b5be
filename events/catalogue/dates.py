"""Days, times and zones as each of the six languages writes them (Unicode CLDR, by Babel)."""

import datetime as dt
import zoneinfo
from functools import cache

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, get_timezone_location
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .event_states import EventState
from .models import Event

# The United Nations write English dates as 22–26 January 2018.
_CLDR_NAMES = {"en": "en_GB", "zh-hans": "zh_Hans"}


@cache
def _locale(language: str) -> Locale:
    """The CLDR locale of one of the six languages."""
    return Locale.parse(_CLDR_NAMES.get(language, language))


def _active(language: str | None) -> Locale:
    """The CLDR locale of `language`, by default of the active language."""
    return _locale(language or get_language() or "en")


def long_day(day: dt.date, language: str | None = None) -> str:
    """The day with its weekday, such as Monday, 22 January 2018."""
    return format_date(day, "full", locale=_active(language))


def day_range(first: dt.date, last: dt.date, language: str | None = None) -> str:
    """The days from `first` to `last`, such as 22–26 January 2018."""
    locale = _active(language)
    if first == last:
        return format_date(first, "long", locale=locale)
    formats = locale.interval_formats
    patterns = formats.get("yMMMMd") or formats["yMMMd"]
    largest = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    # Few languages have an interval with the full month's name: the abbreviated one is spelt out.
    parts = [
        pattern if "MMMM" in pattern else pattern.replace("MMM", "MMMM") for pattern in patterns[largest]
    ]
    return "".join(
        format_date(day, part, locale=locale) for day, part in zip((first, last), parts, strict=True)
    )


def event_days(event: Event) -> str:
    """The event's days in the active language, or that they are awaited."""
    if event.state == EventState.POSTPONED:
        return _("New dates to be announced")
    return day_range(event.start_date, event.end_date)


def short_month_and_year(day: dt.date, language: str | None = None) -> str:
    """The month's abbreviated name with its year, such as Jan 2018."""
    return format_skeleton("yMMM", day, locale=_active(language))


def one_day(day: dt.date, language: str | None = None) -> str:
    """The day without its weekday, such as 22 January 2018."""
    return format_date(day, "long", locale=_active(language))


def weekday(day: dt.date, language: str | None = None) -> str:
    """The weekday's name standing alone, such as Monday."""
    return format_date(day, "cccc", locale=_active(language))


def short_weekday(day: dt.date, language: str | None = None) -> str:
    """The weekday's name as a calendar's narrow column has it, such as Mon."""
    locale = _active(language)
    # Only the shortest form of Arabic leaves something out: the article.
    return format_date(day, "cccccc" if locale.language == "ar" else "ccc", locale=locale)


def month_and_year(day: dt.date, language: str | None = None) -> str:
    """The month with its year, such as January 2018."""
    return format_skeleton("yMMMM", day, locale=_active(language))


def clock_time(moment: dt.datetime, zone: dt.tzinfo) -> str:
    """The time of day in `zone` on the 24-hour clock, as all six languages read it."""
    return f"{moment.astimezone(zone):%H:%M}"


def long_moment(moment: dt.datetime, zone: dt.tzinfo, language: str | None = None) -> str:
    """The day and the time of day in `zone`, such as 20 March 2027, 23:59."""
    local = moment.astimezone(zone)
    separator = {"ar": "، ", "zh-hans": " "}.get(language or get_language() or "en", ", ")
    return f"{format_date(local, 'long', locale=_active(language))}{separator}{local:%H:%M}"


def zone_label(zone: zoneinfo.ZoneInfo, at: dt.datetime, language: str | None = None) -> str:
    """The zone's city and its distance from UTC at `at`, such as Kuala Lumpur (UTC+08:00)."""
    if zone.key in {"UTC", "Etc/UTC"}:
        return "UTC"
    offset = format_datetime(at, "xxx", tzinfo=zone)
    city = get_timezone_location(zone, locale=_active(language), return_city=True).rpartition("/")[2]
    return f"{city} (UTC{offset})"


def zoned_moment(moment: dt.datetime | None, zone: zoneinfo.ZoneInfo) -> str:
    """The moment in `zone` and the zone in brackets; "" without a moment."""
    return f"{long_moment(moment, zone)} ({zone_label(zone, moment)})" if moment else ""
