"""Registering a list of people for them: all of the list or nobody, with tickets, mails and places."""

from collections import Counter as Counted
from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from ..catalogue.models import Event
from ..payments.pricing import price_for
from ..registration.models import Registration, StateChange
from ..registration.people_list import Person
from ..registration.places import take_places
from ..registration.services import Actor, Beginning, hold_places, register
from ..registration.states import ENDED, State, Transition
from ..registration.telling import tell
from ..tickets.services import issue_ticket
from ..typed.names import fold


class ThereAlreadyError(Exception):
    """Somebody of the list registered in the meantime; nobody was registered now."""


@transaction.atomic
def import_people(*, event: Event, people: Sequence[Person], user: AbstractBaseUser) -> list[Registration]:
    """Register everybody of the list; each gets the mail that fits the state.

    They have not consented themselves: their registrations say so. Raises `NoPlaceLeftError` when there are
    not enough places, and `ThereAlreadyError`; nobody is registered then.
    """
    by_staff = Beginning(Transition.SUBMIT, Actor(StateChange.Actor.STAFF, user), consent_version="")
    made = [
        register(
            event=event,
            category=person.category,
            answers=person.answers,
            price=price_for(person.category),
            beginning=by_staff,
        )
        for person in people
    ]
    for registration in made:
        if registration.state == State.CONFIRMED:
            issue_ticket(registration=registration)
        tell(registration)
    hold_places(event=event)
    _insist_on_new(event, people)
    take_places(event_id=event.pk, categories=Counted(person.category.pk for person in people))
    return made


def _insist_on_new(event: Event, people: Sequence[Person]) -> None:
    """Each address once, under the counters' lock, which a second import of the same list waits for."""
    addresses = {fold(person.answers["email"]) for person in people}
    lasting = Registration.objects.filter(event=event, email_folded__in=addresses).exclude(state__in=ENDED)
    if lasting.count() > len(people):
        raise ThereAlreadyError
