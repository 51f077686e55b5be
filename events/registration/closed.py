"""Why one cannot register now, in words."""

import datetime as dt

from django.utils.translation import gettext as _

from ..catalogue.dates import long_moment, zone_label
from ..catalogue.models import Event
from .selectors import Window


def why_closed(event: Event, window: Window) -> str:
    """What a delegate should know, and when to come back if that is known."""
    if event.is_over:
        return _("This event is over.")
    opens = {"moment": _moment(event, event.registration_opens_at)}
    closes = {"moment": _moment(event, event.registration_closes_at)}
    not_open = _("Registration for this event is not open. Please look again later.")
    words = {
        Window.NOT_YET: _("Registration opens on %(moment)s.") % opens,
        Window.CLOSED: _("Registration closed on %(moment)s.") % closes,
        Window.FULL: _("All places are taken. Please look again later: somebody may withdraw."),
        Window.POSTPONED: _(
            "This event is postponed. Registration will open again when the new dates are known."
        ),
        Window.CANCELLED: _("This event is cancelled."),
    }
    return words.get(window, not_open)


def _moment(event: Event, moment: dt.datetime | None) -> str:
    """The moment in the event's zone, which it names."""
    return f"{long_moment(moment, event.tz)} ({zone_label(event.tz, moment)})" if moment else ""
