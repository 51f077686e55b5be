"""The states of a registration and the only ways between them. Pure: no request, no database."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a registration stands."""

    NOMINATED = "nominated", _("Nominated, not yet confirmed by the person")
    PENDING = "pending", _("Waiting for approval")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("A place is offered")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Not approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CANCELLED = "cancelled", _("Cancelled by the Secretariat")
    LAPSED = "lapsed", _("The offer has lapsed")


class Transition(models.TextChoices):
    """The acts that change a state."""

    SUBMIT = "submit", _("Submitted")
    NOMINATE = "nominate", _("Nominated")
    COMPLETE = "complete", _("Confirmed by the person")
    QUEUE = "queue", _("Joined the waiting list")
    ADVANCE = "advance", _("Moved to the front of the waiting list")
    OFFER = "offer", _("Place offered")
    ACCEPT = "accept", _("Offer accepted")
    LAPSE = "lapse", _("Offer lapsed")
    APPROVE = "approve", _("Approved")
    REFUSE = "refuse", _("Refused")
    WITHDRAW = "withdraw", _("Withdrawn")
    CANCEL = "cancel", _("Cancelled")
    REPLACE = "replace", _("Replaced by another person")


HOLDS_PLACE = frozenset({State.NOMINATED, State.PENDING, State.OFFERED, State.CONFIRMED})
"""States in which a registration counts in its counters."""

ENDED = frozenset({State.REFUSED, State.WITHDRAWN, State.CANCELLED, State.LAPSED})
"""States from which nothing leads on."""

LASTS = frozenset(State) - ENDED
"""States of people who come or may still come: whoever holds a place, and whoever waits for one."""

_WAYS: dict[tuple[State, Transition], State] = {
    (State.PENDING, Transition.APPROVE): State.CONFIRMED,
    (State.PENDING, Transition.REFUSE): State.REFUSED,
    (State.WAITING, Transition.ADVANCE): State.WAITING,
    (State.WAITING, Transition.OFFER): State.OFFERED,
    (State.WAITING, Transition.REFUSE): State.REFUSED,
    (State.OFFERED, Transition.LAPSE): State.LAPSED,
    **{(state, Transition.WITHDRAW): State.WITHDRAWN for state in (*HOLDS_PLACE, State.WAITING)},
    **{(state, Transition.CANCEL): State.CANCELLED for state in (*HOLDS_PLACE, State.WAITING)},
    **{
        (state, Transition.REPLACE): State.WITHDRAWN
        for state in (State.NOMINATED, State.PENDING, State.CONFIRMED)
    },
}

_BY_APPROVAL = frozenset({(State.NOMINATED, Transition.COMPLETE), (State.OFFERED, Transition.ACCEPT)})
"""Ways that lead where a new registration begins: the Secretariat still approves where it must."""


class NotAllowedError(Exception):
    """The transition does not start from this state."""


def begins(transition: Transition, *, needs_approval: bool) -> State:
    """The state in which a registration begins by `transition`; KeyError when none begins by it."""
    return {
        Transition.SUBMIT: _by_approval(needs_approval=needs_approval),
        Transition.QUEUE: State.WAITING,
        Transition.NOMINATE: State.NOMINATED,
    }[transition]


def _by_approval(*, needs_approval: bool) -> State:
    return State.PENDING if needs_approval else State.CONFIRMED


def after(state: State, transition: Transition, *, needs_approval: bool) -> State:
    """The state after `transition`; raises `NotAllowedError` when it does not start from `state`."""
    if (state, transition) in _BY_APPROVAL:
        return _by_approval(needs_approval=needs_approval)
    try:
        return _WAYS[state, transition]
    except KeyError:
        raise NotAllowedError(f"{transition} from {state}") from None


def possible(state: State) -> tuple[Transition, ...]:
    """The transitions that start from `state`, in the order of `Transition`."""
    ways = _WAYS.keys() | _BY_APPROVAL
    return tuple(transition for transition in Transition if (state, transition) in ways)
