"""Why one cannot register now, in words."""

import datetime as dt

from django.utils.translation import gettext as _

from ..catalogue.dates import long_moment, zone_label
from ..catalogue.models import Event
from .selectors import Window


def why_closed(event: Event, window: Window) -> str:
    """What a delegate should know, and when to come back if that is known."""
    match window:
        case Window.NOT_YET:
            opens = _moment(event, event.registration_opens_at)
            return _("Registration opens on %(moment)s.") % {"moment": opens}
        case Window.CLOSED:
            closed = _moment(event, event.registration_closes_at)
            return _("Registration closed on %(moment)s.") % {"moment": closed}
        case Window.FULL:
            return _("All places are taken. Please look again later: somebody may withdraw.")
        case Window.POSTPONED:
            return _("This event is postponed. Registration will open again when the new dates are known.")
        case Window.CANCELLED:
            return _("This event is cancelled.")
        case Window.NOT_PLANNED | Window.OPEN:
            return _("Registration for this event is not open. Please look again later.")


def _moment(event: Event, moment: dt.datetime | None) -> str:
    """The moment in the event's zone, which it names."""
    return f"{long_moment(moment, event.tz)} ({zone_label(event.tz, moment)})" if moment else ""
