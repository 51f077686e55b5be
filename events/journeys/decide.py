"""Deciding on a registration: its state, its ticket and its mail, all or none."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from ..registration.models import Registration, StateChange
from ..registration.services import Actor, change_state
from ..registration.states import Transition
from ..registration.telling import tell_change
from ..registration.waiting import offer_freed
from ..tickets.services import issue_ticket, revoke_ticket
from .delegation.telling import tell_contact_point


@transaction.atomic
def approve(*, registration: Registration, user: AbstractBaseUser, reason: str = "") -> Registration:
    """Confirm a registration that waits for approval. Raises `NotAllowedError` from any other state."""
    changed = _change(registration, Transition.APPROVE, user, reason)
    issue_ticket(registration=changed)
    tell_change(changed)
    return changed


@transaction.atomic
def refuse(*, registration: Registration, user: AbstractBaseUser, reason: str = "") -> Registration:
    """Refuse a registration that waits for approval. Raises `NotAllowedError` from any other state."""
    changed = _change(registration, Transition.REFUSE, user, reason)
    tell_change(changed)
    tell_contact_point(changed)
    offer_freed(event_id=changed.event_id)
    return changed


@transaction.atomic
def cancel(*, registration: Registration, user: AbstractBaseUser, reason: str = "") -> Registration:
    """Cancel for the Secretariat; the ticket ends. Raises `NotAllowedError` when it has ended already."""
    changed = _change(registration, Transition.CANCEL, user, reason)
    # Under the registration's lock: an approval at the same moment has issued its ticket by now.
    revoke_ticket(registration=changed)
    tell_change(changed)
    tell_contact_point(changed)
    offer_freed(event_id=changed.event_id)
    return changed


def _change(
    registration: Registration, transition: Transition, user: AbstractBaseUser, reason: str
) -> Registration:
    actor = Actor(StateChange.Actor.STAFF, user)
    return change_state(registration=registration, transition=transition, actor=actor, reason=reason)
