"""Days and times in templates, as the active language writes them."""

import datetime as dt
from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import gettext

from events.catalogue import dates
from events.catalogue.models import Event
from events.catalogue.selectors import Days
from events.programme.models import Session

register = template.Library()

register.filter("long_day", dates.long_day)
register.filter("short_month_and_year", dates.short_month_and_year)
register.filter("days", dates.event_days)
register.filter("month_and_year", dates.month_and_year)
register.filter("one_day", dates.one_day)
register.filter("weekday", dates.weekday)
register.filter("short_weekday", dates.short_weekday)
register.filter("clock_time", dates.clock_time)
register.filter("long_moment", dates.long_moment)


@register.filter
def former_days(days: Days) -> str:
    """The days of an event before it was postponed, such as 22–26 January 2018."""
    return dates.day_range(days.first, days.last)


@register.filter
def zone(event: Event) -> str:
    """The event's zone on its first day, such as Kuala Lumpur (UTC+08:00)."""
    return dates.zone_label(event.tz, dt.datetime.combine(event.start_date, dt.time(12), event.tz))


@register.filter
def zone_label(moment: dt.datetime, zone: ZoneInfo) -> str:
    """The zone at that moment, such as Kuala Lumpur (UTC+08:00)."""
    return dates.zone_label(zone, moment)


@register.filter
def hours(session: Session, zone: ZoneInfo) -> str:
    """The session's hours in `zone`, such as 09:00–10:30, with the last day when that is another one."""
    begin, end = session.start.astimezone(zone), session.end.astimezone(zone)
    span = f"{begin:%H:%M}–{end:%H:%M}"
    if begin.date() == end.date():
        return span
    return gettext("%(span)s, until %(day)s") % {"span": span, "day": dates.day_range(end.date(), end.date())}
