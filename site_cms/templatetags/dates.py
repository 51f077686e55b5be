"""Days and times in templates, as the active language writes them."""

from django import template

from events.catalogue import dates
from events.catalogue.models import Event

register = template.Library()

register.filter("long_day", dates.long_day)
register.filter("short_month", dates.short_month)
register.filter("clock_time", dates.clock_time)
register.filter("long_moment", dates.long_moment)


@register.filter
def days(event: Event) -> str:
    """The event's days, such as 22–26 January 2018."""
    return dates.day_range(event.start_date, event.end_date)
