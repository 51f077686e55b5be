"""Withdrawing: the state, the place, the ticket and the mail, all or none."""

from django.db import transaction

from ..registration.models import Registration
from ..registration.services import DELEGATE, change_state
from ..registration.states import NotAllowedError, State, Transition
from ..registration.telling import tell_change
from ..registration.waiting import offer_freed
from ..tickets.services import revoke_ticket
from .delegation.telling import tell_contact_point


def withdraw(*, registration: Registration) -> Registration:
    """End the registration for the person. A second time changes nothing, also in parallel.

    Raises `NotAllowedError` when it has ended in another way.
    """
    try:
        return _withdraw(registration)
    except NotAllowedError:
        registration.refresh_from_db(fields=["state"])
        if registration.state != State.WITHDRAWN:
            raise
        return registration


@transaction.atomic
def _withdraw(registration: Registration) -> Registration:
    changed = change_state(registration=registration, transition=Transition.WITHDRAW, actor=DELEGATE)
    revoke_ticket(registration=changed)
    tell_change(changed)
    tell_contact_point(changed)
    offer_freed(event_id=changed.event_id)
    return changed
