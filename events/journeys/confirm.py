"""Confirming a registration: the registration, its price, its ticket, its mail and its place, all or none."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model
from django.utils import timezone

from ..catalogue.models import Category, Event
from ..once.services import Outcome, body_hash, run_once
from ..payments.pricing import price_for
from ..questions.models import Question
from ..registration.answering import keep_answers
from ..registration.beginnings import PersonalInvitation
from ..registration.drafts import finish_draft
from ..registration.invitations import use_invitation
from ..registration.places import NoPlaceLeftError, take_place
from ..registration.reference import new_reference
from ..registration.selectors import offer_of, somebody_waits
from ..registration.services import QUEUED, SUBMITTED, hold_places, register
from ..registration.states import State
from ..registration.telling import tell
from ..registration.windows import Window, category_window, event_window
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
    may_wait: bool = False,
    invitation: PersonalInvitation | None = None,
    questions: Sequence[Question] = (),
    values: Mapping[int, Any] | None = None,
    draft: uuid.UUID | None = None,
) -> Outcome:
    """Register once for this key; the outcome's result is the registration's reference.

    Where no place is left, or others wait for one, the registration joins the category's waiting list if
    it has one and the person knows (`may_wait`). An `invitation` opens a category that is not for everybody,
    and is used up. `values` answer the event's own `questions`, by primary key; `draft` is the saved form,
    if there was one.

    Raises `ClosedError`, `NoPlaceLeftError`, `InvitationEndedError`, `Upload.DoesNotExist` (nothing is kept
    then) and `KeyReusedError`.
    """
    reference = new_reference()

    def act() -> str:
        _insist_on_open(event, category, invitation)
        waits = category.has_waiting_list and offer_of(category).is_full
        if waits and not may_wait:
            raise NoPlaceLeftError(category_full=True)
        registration = register(
            event=event,
            category=category,
            answers=dict(answers),
            price=price_for(category),
            reference=reference,
            beginning=QUEUED if waits else SUBMITTED,
        )
        if values:
            keep_answers(registration=registration, questions=questions, values=values, is_new=True)
        if draft:
            finish_draft(event=event, public_id=draft)
        if invitation:
            use_invitation(invitation=invitation, registration=registration)
        if registration.state == State.CONFIRMED:
            issue_ticket(registration=registration)
        tell(registration)
        if waits:
            hold_places(event=event)
        else:
            _take_place(category)
        insist_on_announced(event)
        return registration.reference

    meaning = body_hash(
        {name: stable(answer) for name, answer in answers.items()}
        | {"category": category.pk, "values": {str(pk): value for pk, value in (values or {}).items()}}
    )
    return run_once(key=key, actor=form_session, address=address, body=meaning, act=act, expected=reference)


def _insist_on_open(event: Event, category: Category, invitation: PersonalInvitation | None) -> None:
    window = category_window(event, category, timezone.now())
    if window is not Window.OPEN:
        raise ClosedError(window)
    if category.audience == Category.Audience.OPEN or invitation:
        return
    by_nomination = category.audience == Category.Audience.NOMINATION
    raise ClosedError(Window.BY_NOMINATION if by_nomination else Window.BY_INVITATION)


def _take_place(category: Category) -> None:
    """The place, unless somebody has come to wait for it meanwhile: they hold the counters as they do."""
    take_place(event_id=category.event_id, category_id=category.pk)
    if category.has_waiting_list and somebody_waits(category):
        raise NoPlaceLeftError(category_full=True)


def insist_on_announced(event: Event) -> None:
    """Refuse what came in while the event was being postponed or cancelled.

    Those acts hold the counters until they are done, so by now the state is the one that counts.
    """
    if not Event.objects.filter(pk=event.pk, state=Event.State.ANNOUNCED).exists():
        event.refresh_from_db(fields=["state"])
        raise ClosedError(event_window(event, timezone.now()))


def stable(answer: Any) -> Any:
    """A row by its key: its name would differ with the language of the page."""
    return answer.pk if isinstance(answer, Model) else answer
