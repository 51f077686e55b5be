"""The mails about the waiting list and its offers. The outbox calls these in the language of the message."""

from django.utils.translation import gettext as _

from ..catalogue.dates import zoned_moment
from ..outbox.models import Message
from ..outbox.rendering import Rendered
from .letter import letter_to, overtaken, set_letter
from .models import Registration
from .selectors import registration_by_id
from .states import State


def waiting(message: Message) -> Rendered:
    """You are on the waiting list; nothing is sure yet."""
    registration = registration_by_id(message.about["registration"])
    if registration.state != State.WAITING:
        return overtaken(registration)
    letter = letter_to(
        registration,
        subject=_("On the waiting list: %(event)s (%(reference)s)"),
        title=_("You are on the waiting list"),
        paragraphs=[
            _("All places are taken. When one gets free, it is offered in the order of the list."),
            _("Your page shows where you stand, and lets you withdraw. Keep its address to yourself."),
        ],
        next_steps=[
            _("We write to you when a place is free for you. You then have some time to accept it."),
            _("Please do not book your journey before you have a place."),
        ],
    )
    return set_letter(letter, registration.event)


def offered(message: Message) -> Rendered:
    """A place is yours if you accept it in time."""
    registration = registration_by_id(message.about["registration"])
    if registration.state != State.OFFERED:
        return overtaken(registration)
    letter = letter_to(
        registration,
        subject=_("A place is free for you: %(event)s (%(reference)s)"),
        title=_("A place is free for you"),
        paragraphs=[
            _("A place has become free, and we hold it for you until %(moment)s.")
            % {"moment": offer_ends(registration)},
            _("If you do not accept it by then, it goes to the next person."),
        ],
        next_steps=[
            _("Open your page, and accept the place or let it go."),
            _("If you cannot come, please let it go now: others wait for it."),
        ],
    )
    return set_letter(letter, registration.event)


def lapsed(message: Message) -> Rendered:
    """The offer has ended."""
    registration = registration_by_id(message.about["registration"])
    letter = letter_to(
        registration,
        subject=_("The offer has ended: %(event)s (%(reference)s)"),
        title=_("The place was given to the next person"),
        paragraphs=[
            _("We held a place for you until %(moment)s. You did not accept it: it went to somebody else.")
            % {"moment": offer_ends(registration)},
            _("If you still wish to come, register again: you join the end of the waiting list."),
        ],
    )
    return set_letter(letter, registration.event)


def offer_ends(registration: Registration) -> str:
    """When the offer ends, in the event's zone, which it names; "" without an offer."""
    return zoned_moment(registration.offer_expires_at, registration.event.tz)
