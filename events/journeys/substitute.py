"""Sending somebody else: the place goes on to another person, who confirms their own data."""

from django.db import transaction

from ..outbox.services import queue, render_anew
from ..registration.models import Registration
from ..registration.replacing import replace
from ..registration.services import DELEGATE, Actor
from ..registration.telling import tell
from ..tickets.services import revoke_ticket


@transaction.atomic
def substitute(
    *, registration: Registration, name: str, email: str, language: str, actor: Actor = DELEGATE
) -> Registration:
    """Give the place to `name`, who gets a link of their own; the new registration, NOMINATED.

    The ticket of the one who held it ends, and both are written to. Raises `NotAllowedError` when the
    registration has ended, also in the same moment.
    """
    successor = replace(registration=registration, name=name, email=email, language=language, actor=actor)
    revoke_ticket(registration=registration)
    _tell_replaced(registration)
    tell(successor)
    return successor


def _tell_replaced(registration: Registration) -> None:
    """What waits with the words of the state before is rendered anew."""
    render_anew(about={"registration": registration.pk}, event_id=registration.event_id)
    queue(
        kind="replaced",
        to=registration.email,
        language=registration.language,
        about={"registration": registration.pk},
        once=f"replaced:{registration.pk}",
        event_id=registration.event_id,
    )
