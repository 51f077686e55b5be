"""Why one cannot register now, in words."""

from django.utils.translation import gettext as _

from ..catalogue.dates import zoned_moment
from ..catalogue.models import Event
from .windows import Offer, Terms, Window, closing, opening


def why_closed(event: Event, window: Window, terms: Terms | None = None) -> str:
    """What a delegate should know, and when to come back if that is known; `terms` know it of categories."""
    if event.is_over:
        return _("This event is over.")
    known = terms or Terms(window, event.registration_opens_at, event.registration_closes_at)
    opens, closes = (zoned_moment(moment, event.tz) for moment in (known.opens_at, known.closes_at))
    words = {
        Window.NOT_YET: _("Registration opens on %(moment)s.") % {"moment": opens},
        Window.CLOSED: _("Registration closed on %(moment)s.") % {"moment": closes}
        if closes
        else _("Registration is closed."),
        Window.TOO_LATE: _("It is too late to register: participants in this category need more notice."),
        Window.FULL: _("All places are taken. Please look again later: somebody may withdraw."),
        Window.BY_INVITATION: _(
            "Participation is by invitation. If the Secretariat has invited you, open the link in our mail."
        ),
        Window.BY_NOMINATION: _(
            "Participants are nominated by their official contact point. "
            "If you wish to take part, write to the contact point of your country or organization."
        ),
        Window.BY_EITHER: _(
            "Participants are nominated by their official contact point or invited by the Secretariat. "
            "If you are invited, open the link in our mail."
        ),
        Window.POSTPONED: _(
            "This event is postponed. Registration will open again when the new dates are known."
        ),
        Window.CANCELLED: _("This event is cancelled."),
    }
    return words.get(window, _("Registration for this event is not open. Please look again later."))


def offer_label(offer: Offer) -> str:
    """The category's label, with what else one must know before choosing it."""
    category = offer.category
    named = {"category": category.label}
    match offer.window:
        case Window.FULL:
            return _("%(category)s – no place left") % named
        case Window.WAITING_LIST:
            return _("%(category)s – all places are taken: you join the waiting list") % named
        case Window.NOT_YET:
            opens = zoned_moment(opening(category.event, category), category.event.tz)
            return _("%(category)s – registration opens on %(moment)s") % (named | {"moment": opens})
        case Window.CLOSED | Window.TOO_LATE:
            closes = zoned_moment(closing(category.event, category), category.event.tz)
            return _("%(category)s – registration closed on %(moment)s") % (named | {"moment": closes})
    if category.needs_approval:
        return _("%(category)s – the Secretariat approves each registration") % named
    return str(category.label)
