"""Sending somebody else: the place goes on to another person, who confirms their own data."""

from django.db import transaction

from ..registration.models import Registration
from ..registration.replacing import replace
from ..registration.services import DELEGATE, Actor
from ..registration.telling import tell, tell_change
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
    tell_change(registration, kind="replaced")
    tell(successor)
    return successor
