"""The states of a registration and the only ways between them. Pure: no request, no database."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a registration stands."""

    PENDING = "pending", _("Waiting for approval")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Not approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CANCELLED = "cancelled", _("Cancelled by the Secretariat")


class Transition(models.TextChoices):
    """The acts that change a state."""

    SUBMIT = "submit", _("Submitted")
    APPROVE = "approve", _("Approved")
    REFUSE = "refuse", _("Refused")
    WITHDRAW = "withdraw", _("Withdrawn")
    CANCEL = "cancel", _("Cancelled")


HOLDS_PLACE = frozenset({State.PENDING, State.CONFIRMED})
"""States in which a registration counts in its counters."""

_WAYS: dict[tuple[State, Transition], State] = {
    (State.PENDING, Transition.APPROVE): State.CONFIRMED,
    (State.PENDING, Transition.REFUSE): State.REFUSED,
    (State.PENDING, Transition.WITHDRAW): State.WITHDRAWN,
    (State.PENDING, Transition.CANCEL): State.CANCELLED,
    (State.CONFIRMED, Transition.WITHDRAW): State.WITHDRAWN,
    (State.CONFIRMED, Transition.CANCEL): State.CANCELLED,
}


class NotAllowedError(Exception):
    """The transition does not start from this state."""


def initial(*, needs_approval: bool) -> State:
    """The state of a new registration."""
    return State.PENDING if needs_approval else State.CONFIRMED


def after(state: State, transition: Transition) -> State:
    """The state after `transition`; raises `NotAllowedError` when it does not start from `state`."""
    try:
        return _WAYS[state, transition]
    except KeyError:
        raise NotAllowedError(f"{transition} from {state}") from None


def possible(state: State) -> tuple[Transition, ...]:
    """The transitions that start from `state`."""
    return tuple(transition for start, transition in _WAYS if start == state)
