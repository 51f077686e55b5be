"""Confirming a registration: the registration, its price, its ticket, its mail and its place, all or none."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from ..catalogue.models import Category, Event
from ..once.services import Outcome, body_hash, run_once
from ..outbox.services import queue, render_anew
from ..payments.pricing import price_for
from ..registration.models import Registration
from ..registration.places import take_place
from ..registration.reference import new_reference
from ..registration.selectors import Window, window_by_date
from ..registration.services import register
from ..registration.states import State
from ..tickets.services import issue_ticket


class ClosedError(Exception):
    """Registration is not open (any more). `window` says why."""

    def __init__(self, window: Window) -> None:
        super().__init__(window.value)
        self.window = window


def confirm(
    *,
    event: Event,
    category: Category,
    answers: Mapping[str, Any],
    key: str,
    form_session: str,
    address: str,
) -> Outcome:
    """Register once for this key; the outcome's result is the registration's reference.

    Raises `ClosedError`, `NoPlaceLeftError` (nothing is kept then) and `KeyReusedError`.
    """
    reference = new_reference()

    def act() -> str:
        window = window_by_date(event)
        if window is not Window.OPEN:
            raise ClosedError(window)
        registration = register(
            event=event,
            category=category,
            answers=dict(answers),
            price=price_for(category),
            reference=reference,
        )
        if registration.state == State.CONFIRMED:
            issue_ticket(registration=registration)
        tell(registration)
        take_place(event_id=event.pk, category_id=category.pk)
        _insist_on_announced(event)
        return registration.reference

    meaning = body_hash(
        {name: _stable(answer) for name, answer in answers.items()} | {"category": category.pk}
    )
    return run_once(key=key, actor=form_session, address=address, body=meaning, act=act, expected=reference)


def _insist_on_announced(event: Event) -> None:
    """Refuse what came in while the event was being postponed or cancelled.

    Those acts hold the counters until they are done, so by now the state is the one that counts.
    """
    if not Event.objects.filter(pk=event.pk, state=Event.State.ANNOUNCED).exists():
        event.refresh_from_db(fields=["state"])
        raise ClosedError(window_by_date(event))


STATE_MAILS = frozenset({"confirmation", *State.values})
"""The kinds of mail that `tell` queues."""


def tell(registration: Registration, *, anew: str = "") -> None:
    """Queue the mail that fits the registration's state, once for each state change and each `anew`."""
    kind = "confirmation" if registration.state == State.CONFIRMED else State(registration.state).value
    queue(
        kind=kind,
        to=registration.email,
        language=registration.language,
        about={"registration": registration.pk},
        once=f"{kind}:{registration.pk}{anew}",
        event_id=registration.event_id,
    )


def tell_change(registration: Registration) -> None:
    """The same after a change: what waits with the words of the state before is rendered anew."""
    render_anew(about={"registration": registration.pk}, event_id=registration.event_id)
    tell(registration)


def _stable(answer: Any) -> Any:
    """A row by its key: its name would differ with the language of the page."""
    return answer.pk if isinstance(answer, Model) else answer
