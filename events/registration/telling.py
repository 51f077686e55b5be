"""Telling a person how the registration stands, in the transaction that changed it."""

from ..outbox.services import queue, render_anew
from .models import Registration
from .states import State

STATE_MAILS = frozenset({"confirmation", *State.values})
"""The kinds of mail that `tell` chooses."""


def tell(registration: Registration, *, kind: str = "", anew: str = "") -> None:
    """Queue the mail that fits the registration's state, once for each state change and each `anew`.

    Where the state alone does not say what happened, `kind` is that of the mail which does.
    """
    if not kind:
        kind = "confirmation" if registration.state == State.CONFIRMED else State(registration.state).value
    queue(
        kind=kind,
        to=registration.email,
        language=registration.language,
        about={"registration": registration.pk},
        once=f"{kind}:{registration.pk}{anew}",
        event_id=registration.event_id,
    )


def tell_change(registration: Registration, *, kind: str = "") -> None:
    """The same after a change: what waits with the words of the state before is rendered anew."""
    render_anew(about={"registration": registration.pk}, event_id=registration.event_id)
    tell(registration, kind=kind)
