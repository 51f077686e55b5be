"""Registering somebody at the desk: whatever the window and the audience, but only where a place is left."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from ...catalogue.models import Category, Event
from ...once.services import Outcome, body_hash, run_once
from ...payments.pricing import price_for
from ...registration.models import Registration, StateChange
from ...registration.places import take_place
from ...registration.reference import new_reference
from ...registration.services import CONSENT_VERSION, Actor, Beginning, change_state, register
from ...registration.states import State, Transition
from ...registration.telling import tell
from ...tickets.services import issue_ticket
from ..confirm import insist_on_announced, stable

CONSENT_AT_DESK = f"{CONSENT_VERSION} desk"
"""The version of the consent that a person gives aloud, and a member of staff notes."""


def register_at_desk(
    *, event: Event, category: Category, answers: Mapping[str, Any], user: AbstractBaseUser, key: str
) -> Outcome:
    """Register, approve where that is needed, and confirm at once; the result is the reference.

    Whoever may not approve is to be offered no such category. Raises `ClosedError` for an event that does not
    take place, `NoPlaceLeftError` (nothing is kept then) and `KeyReusedError`.
    """
    reference, staff = new_reference(), Actor(StateChange.Actor.STAFF, user)

    def act() -> str:
        registration = register(
            event=event,
            category=category,
            answers=answers,
            price=price_for(category),
            reference=reference,
            beginning=Beginning(Transition.SUBMIT, staff, CONSENT_AT_DESK),
        )
        _admit(registration, staff)
        take_place(event_id=event.pk, category_id=category.pk)
        insist_on_announced(event)
        return registration.reference

    meaning = body_hash({**{name: stable(each) for name, each in answers.items()}, "category": category.pk})
    address = f"desk:{event.pk}"
    return run_once(
        key=key, actor=f"user:{user.pk}", address=address, body=meaning, act=act, expected=reference
    )


def _admit(registration: Registration, staff: Actor) -> None:
    """Approved by whoever registers, with its own audit line; then the ticket and the mail."""
    confirmed = registration
    if registration.state == State.PENDING:
        confirmed = change_state(registration=registration, transition=Transition.APPROVE, actor=staff)
    issue_ticket(registration=confirmed)
    tell(confirmed)
