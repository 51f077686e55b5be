"""The mails that tell a person how the registration stands.

The outbox calls these in the language of the message.
"""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..outbox.models import Message
from ..outbox.rendering import Attachment, Rendered
from ..tickets.selectors import valid_code
from .letter import letter_to, overtaken, set_letter
from .models import Registration
from .reasons import told
from .selectors import refusal_of, registration_by_id
from .states import State


def confirmation(message: Message) -> Rendered:
    """You are registered: with the ticket, the calendar entry and the personal link."""
    registration = registration_by_id(message.about["registration"])
    if registration.state != State.CONFIRMED:
        return overtaken(registration)
    # The person may withdraw between the two readings: then no ticket opens the door.
    tickets = [_ticket(registration)] if valid_code(registration) else []
    letter = letter_to(
        registration,
        subject=_("You are registered: %(event)s (%(reference)s)"),
        title=_("You are registered"),
        paragraphs=[_("Thank you for registering."), _keep_to_yourself()],
        next_steps=[
            _("Your ticket is attached. Bring it, on paper or on your phone, to the entrance."),
            _("Add the attached entry to your calendar, so that you have the dates at hand."),
            _("If you cannot come, withdraw on your page, so that somebody else can have your place."),
        ]
        if tickets
        else [],
    )
    return set_letter(letter, registration.event, (*tickets, calendar_entry(registration)))


def pending(message: Message) -> Rendered:
    """We have your registration; the Secretariat decides."""
    registration = registration_by_id(message.about["registration"])
    if registration.state != State.PENDING:
        return overtaken(registration)
    letter = letter_to(
        registration,
        subject=_("Waiting for approval: %(event)s (%(reference)s)"),
        title=_("We have received your registration"),
        paragraphs=[
            _("Registrations in this category need the approval of the Secretariat."),
            _keep_to_yourself(),
        ],
        next_steps=[
            _("The Secretariat looks at your registration and writes to you when it is decided."),
            _("Please do not book your journey before it is approved."),
        ],
    )
    return set_letter(letter, registration.event)


def nominated(message: Message) -> Rendered:
    """Somebody nominated you: confirm your own data."""
    registration = registration_by_id(message.about["registration"])
    if registration.state != State.NOMINATED:
        return overtaken(registration)
    letter = letter_to(
        registration,
        subject=_("Please confirm your data: %(event)s (%(reference)s)"),
        title=_("You are nominated"),
        paragraphs=[_by_whom(registration), _keep_to_yourself()],
        next_steps=[
            _("Open your page, check your data and confirm them. It takes about three minutes."),
            _("Your place is kept for you meanwhile. You receive your ticket when all is confirmed."),
            _("If you cannot come, withdraw on your page, so that somebody else can have the place."),
        ],
        action=_("Confirm my data"),
    )
    return set_letter(letter, registration.event)


def _by_whom(registration: Registration) -> str:
    if registration.replaces:
        return _("%(name)s cannot come and gives you the place.") % {"name": registration.replaces.name}
    if registration.delegation:
        return _("You are nominated as a member of the delegation of %(party)s.") % {
            "party": registration.delegation.party
        }
    return _("The IPPC Secretariat has entered you as a participant.")


def replaced(message: Message) -> Rendered:
    """Somebody else comes in your place."""
    registration = registration_by_id(message.about["registration"])
    letter = letter_to(
        registration,
        subject=_("Somebody else comes in your place: %(event)s (%(reference)s)"),
        title=_("Somebody else comes in your place"),
        paragraphs=[
            _("Your registration has ended, and its ticket no longer opens the door."),
            _("We have written to the person who comes in your place."),
            _("If this was not you, answer this mail."),
        ],
    )
    return set_letter(letter, registration.event)


def refused(message: Message) -> Rendered:
    """The Secretariat did not approve."""
    registration = registration_by_id(message.about["registration"])
    letter = letter_to(
        registration,
        subject=_("Not approved: %(event)s (%(reference)s)"),
        title=_("Your registration was not approved"),
        paragraphs=[
            _("We are sorry: the Secretariat could not approve your registration."),
            *told(refusal_of(registration)),
            _("If you think this is a mistake, answer this mail."),
        ],
    )
    return set_letter(letter, registration.event)


def withdrawn(message: Message) -> Rendered:
    """You have withdrawn."""
    registration = registration_by_id(message.about["registration"])
    letter = letter_to(
        registration,
        subject=_("You have withdrawn: %(event)s (%(reference)s)"),
        title=_("You have withdrawn"),
        paragraphs=[
            _("Your registration has ended, and its ticket no longer opens the door."),
            _("If this was not you, answer this mail."),
        ],
    )
    return set_letter(letter, registration.event)


def cancelled(message: Message) -> Rendered:
    """The Secretariat cancelled the registration."""
    registration = registration_by_id(message.about["registration"])
    letter = letter_to(
        registration,
        subject=_("Registration cancelled: %(event)s (%(reference)s)"),
        title=_("Your registration was cancelled"),
        paragraphs=[
            _("The Secretariat has cancelled your registration, and its ticket no longer opens the door."),
            _("If you think this is a mistake, answer this mail."),
        ],
    )
    return set_letter(letter, registration.event)


def _keep_to_yourself() -> str:
    return _(
        "Your page shows your registration and lets you withdraw. Keep its address to yourself: "
        "whoever has it can do the same."
    )


def _ticket(registration: Registration) -> Attachment:
    from ..tickets.pdf import ticket_pdf

    content = ticket_pdf(registration_id=registration.pk, language=get_language() or "en")
    return Attachment("ticket.pdf", content, "application/pdf")


def calendar_entry(registration: Registration) -> Attachment:
    """The event's days for the person's own calendar."""
    from ..calendar.feed import event_entry

    content = event_entry(registration.event, get_language() or "en")
    return Attachment("event.ics", content, "text/calendar")
