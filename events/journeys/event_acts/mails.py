"""The mails that tell everybody with a place what became of the event. The outbox calls these by kind."""

import dataclasses
import datetime as dt
from collections.abc import Callable

from django.utils.translation import gettext as _

from ...catalogue.dates import day_range
from ...catalogue.event_states import EventState
from ...catalogue.models import Event, EventChange
from ...catalogue.texts import Texts
from ...outbox.models import Message
from ...outbox.rendering import Rendered
from ...registration.letter import Letter, letter_to, set_letter
from ...registration.mails import calendar_entry
from ...registration.models import Registration
from ...registration.selectors import registration_by_id
from ...registration.states import HOLDS_PLACE
from .move import how_and_where

Fact = tuple[str, str]


def of_change(message: Message) -> Rendered:
    """The mail about one change of an event, with the event's days for the calendar."""
    registration = registration_by_id(message.about["registration"])
    change = EventChange.objects.get(pk=message.about["change"])
    return set_letter(letter(registration, change), registration.event, (calendar_entry(registration),))


def letter(registration: Registration, change: EventChange) -> Letter:
    """What is told of the change, in the active language."""
    return _LETTERS[EventChange.Act(change.act)](registration, change)


def _postponed(registration: Registration, change: EventChange) -> Letter:
    if change.after["state"] == EventState.POSTPONED:
        return _without_days(registration, change)
    former, new = _days(change.before), _days(change.after)
    told = letter_to(
        registration,
        subject=_("New dates: %(event)s (%(reference)s)"),
        title=_("The event has new dates"),
        paragraphs=[
            *_words(change),
            _("The event takes place on %(new)s. It was planned for %(former)s before.")
            % {"new": new, "former": former},
            _("Your registration is kept. Please tell us on your page whether you still come.")
            if registration.state in HOLDS_PLACE
            else _keeps_waiting(),
        ],
        next_steps=[
            _("Open your page and choose “I still come”."),
            _("If you cannot come, withdraw there, so that somebody else can have your place."),
            _("Add the attached entry to your calendar: it takes the place of the former one."),
        ]
        if registration.state in HOLDS_PLACE
        else [],
    )
    return _with_fact(told, (_("Former dates"), former))


def _without_days(registration: Registration, change: EventChange) -> Letter:
    return letter_to(
        registration,
        subject=_("Postponed: %(event)s (%(reference)s)"),
        title=_("The event is postponed"),
        paragraphs=[
            *_words(change),
            _("The event does not take place on %(former)s. The new dates are not known yet.")
            % {"former": _days(change.before)},
            _("Your registration is kept. We write to you when the new dates are known.")
            if registration.state in HOLDS_PLACE
            else _keeps_waiting(),
        ],
        next_steps=[
            _("Please do not book your journey before you know the new dates."),
            _("If you know already that you cannot come, withdraw on your page."),
        ]
        if registration.state in HOLDS_PLACE
        else [],
    )


def _keeps_waiting() -> str:
    return _("You stay on the waiting list. If you cannot come, withdraw on your page.")


def _cancelled(registration: Registration, change: EventChange) -> Letter:
    return letter_to(
        registration,
        subject=_("Cancelled: %(event)s (%(reference)s)"),
        title=_("The event is cancelled"),
        paragraphs=[
            *_words(change),
            _("We are sorry: the event that was planned for %(days)s does not take place.")
            % {"days": _days(change.before)},
            _("Your registration has ended, and its ticket no longer opens the door."),
            _("If you have booked a journey or a hotel, please cancel it."),
        ],
    )


def _renamed(registration: Registration, change: EventChange) -> Letter:
    told = letter_to(
        registration,
        subject=_("New title: %(event)s (%(reference)s)"),
        title=_("The event has a new title"),
        paragraphs=[
            *_words(change),
            _("Your registration, your ticket and the addresses of all pages stay as they are."),
        ],
    )
    return _with_fact(told, (_("Former title"), Texts(change.before["title"]).text()))


def _moved(registration: Registration, change: EventChange) -> Letter:
    told = letter_to(
        registration,
        subject=_("Change of place: %(event)s (%(reference)s)"),
        title=_("How or where the event takes place has changed"),
        paragraphs=[*_words(change), _("The dates and your registration stay as they are.")],
        next_steps=[
            _("If you cannot take part in this way, withdraw on your page."),
            _("Add the attached entry to your calendar: it takes the place of the former one."),
        ]
        if registration.state in HOLDS_PLACE
        else [],
    )
    return _with_fact(
        told,
        (_("Takes place"), _place(change.after)),
        (_("Before the change"), _place(change.before)),
    )


_LETTERS: dict[EventChange.Act, Callable[[Registration, EventChange], Letter]] = {
    EventChange.Act.POSTPONE: _postponed,
    EventChange.Act.CANCEL: _cancelled,
    EventChange.Act.RENAME: _renamed,
    EventChange.Act.MOVE: _moved,
}


def _with_fact(told: Letter, *facts: Fact) -> Letter:
    """The letter with these facts right below the event's title."""
    title, *others = told.facts
    return dataclasses.replace(told, facts=[title, *facts, *others])


def _words(change: EventChange) -> list[str]:
    words = Texts(change.after.get("words", {})).text()
    return [words] if words else []


def _days(facts: dict[str, str]) -> str:
    first, last = (dt.date.fromisoformat(facts[name]) for name in ("start_date", "end_date"))
    return day_range(first, last)


def _place(facts: dict[str, object]) -> str:
    return how_and_where(Event(**{name: facts[name] for name in ("mode", "venue", "place")}))
