"""Withdrawing: the state, the place, the ticket and the mail, all or none."""

from django.db import transaction

from ..registration.models import Registration
from ..registration.services import CONTACT, DELEGATE, Actor, change_state
from ..registration.states import NotAllowedError, State, Transition
from ..registration.telling import tell_change
from ..registration.waiting import offer_freed
from ..tickets.services import revoke_ticket
from .delegation.telling import tell_contact_point


def withdraw(*, registration: Registration, actor: Actor = DELEGATE) -> Registration:
    """End the registration, for its person unless another `actor` does. A second time changes nothing.

    That holds in parallel too. Raises `NotAllowedError` when it has ended in another way.
    """
    try:
        return _withdraw(registration, actor)
    except NotAllowedError:
        registration.refresh_from_db(fields=["state"])
        if registration.state != State.WITHDRAWN:
            raise
        return registration


@transaction.atomic
def _withdraw(registration: Registration, actor: Actor) -> Registration:
    changed = change_state(registration=registration, transition=Transition.WITHDRAW, actor=actor)
    revoke_ticket(registration=changed)
    _tell(changed, actor)
    offer_freed(event_id=changed.event_id)
    return changed


def _tell(registration: Registration, actor: Actor) -> None:
    """The person in words that say who withdrew; the contact point, unless they did it themselves."""
    if actor == CONTACT:
        tell_change(registration, kind="nomination-withdrawn")
    else:
        tell_change(registration)
        tell_contact_point(registration)
