"""The days that an event may be proposed for. Pure."""

import datetime as dt

from django.utils.translation import gettext as _

EARLIEST = dt.timedelta(days=366)
LATEST = dt.timedelta(days=3 * 366)
LONGEST = dt.timedelta(days=366)


def problem_with(first: dt.date, last: dt.date, *, today: dt.date) -> tuple[str, str] | None:
    """The field that is wrong and the words about it, or None."""
    if first < today - EARLIEST:
        return "start_date", _("The first day is more than a year ago. Check the year.")
    if first > today + LATEST:
        return "start_date", _("The first day is more than three years ahead. Check the year.")
    if last < first:
        return "end_date", _("The last day is before the first day.")
    if last - first > LONGEST:
        return "end_date", _("The event lasts more than a year. Check the last day.")
    return None
