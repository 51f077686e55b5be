"""Answering the offer of a place from the waiting list."""

from django.db import transaction

from ..registration.models import Registration
from ..registration.services import DELEGATE
from ..registration.states import NotAllowedError, State
from ..registration.telling import tell_change
from ..registration.waiting import OfferEndedError, accept_offer, lapse
from ..tickets.services import issue_ticket


def accept(*, registration: Registration) -> Registration:
    """Take the offered place: with the ticket, or to the Secretariat's approval. Once, also in parallel.

    An offer whose time is over ends here and now. Raises `OfferEndedError` then, and `NotAllowedError`
    when no offer is open.
    """
    try:
        return _accept(registration)
    except OfferEndedError:
        _end(registration)
        raise


@transaction.atomic
def _accept(registration: Registration) -> Registration:
    changed = accept_offer(registration=registration, actor=DELEGATE)
    if changed.state == State.CONFIRMED:
        issue_ticket(registration=changed)
    tell_change(changed)
    return changed


def _end(registration: Registration) -> None:
    try:
        lapse(registration=registration)
    except NotAllowedError:
        return
