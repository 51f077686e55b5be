"""Writing a mailing, and handing it to the outbox: one mail for each person, in batches (ADR 65)."""

import hashlib
import json
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from ..catalogue.models import Event
from ..catalogue.texts import Texts
from ..outbox.selectors import queued_among
from ..outbox.services import Recipient, queue_to_many, take_out_batch
from .models import Mailing
from .recipients import Choice
from .selectors import batch_of, count_people, recipients_of

BATCH = 500
"""People handed over in one transaction."""

State = Mailing.State


class NotPossibleError(Exception):
    """The mailing is not in a state from which this can be done: somebody else was faster."""


class ChangedError(Exception):
    """The mailing is not as it was shown: its text, or the number of people whom it finds now."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody was shown before they said yes: how many people, and which text to whom."""

    people: int
    content: str


def seen_now(mailing: Mailing) -> Seen:
    """The mailing as it stands. One query, or two."""
    written = json.dumps([mailing.subject, mailing.words, mailing.recipients], sort_keys=True)
    return Seen(people=count_people(mailing), content=hashlib.sha256(written.encode()).hexdigest()[:16])


def write(*, event: Event, subject: Texts, words: Texts, user: AbstractBaseUser) -> Mailing:
    """A new mailing, as a draft to everybody who comes or may still come."""
    return Mailing.objects.create(event=event, subject=subject, words=words, created_by_id=user.pk)


def rewrite(*, mailing: Mailing, subject: Texts, words: Texts) -> Mailing:
    """Other words. Raises `NotPossibleError` once the sending has begun."""
    return _change_draft(mailing, subject=subject, words=words)


def choose(*, mailing: Mailing, choice: Choice) -> Mailing:
    """Other recipients. Raises `NotPossibleError` once the sending has begun."""
    return _change_draft(mailing, recipients=choice.to_store())


def _change_draft(mailing: Mailing, **fields: object) -> Mailing:
    if not Mailing.objects.filter(pk=mailing.pk, state=State.DRAFT).update(**fields):
        raise NotPossibleError
    mailing.refresh_from_db()
    return mailing


@transaction.atomic
def discard(*, mailing: Mailing) -> None:
    """Delete a draft. Raises `NotPossibleError` once the sending has begun: it stays as the record."""
    held = Mailing.objects.select_for_update().filter(pk=mailing.pk, state=State.DRAFT)
    if not held.delete()[0]:
        raise NotPossibleError


@transaction.atomic
def start(*, mailing: Mailing, seen: Seen) -> Mailing:
    """Begin to send to as many people as were shown; the clock hands them over.

    Raises `NotPossibleError` when it was begun already or finds nobody, and `ChangedError` when it is
    not as it was `seen`.
    """
    held = _held(mailing, State.DRAFT)
    held.started_at = timezone.now()
    now = seen_now(held)
    if now != seen:
        raise ChangedError
    if not now.people:
        raise NotPossibleError
    held.people = now.people
    return _turn(held, State.SENDING, "people", "started_at")


def hand_over_all() -> int:
    """For the clock: hand over what is being sent, the oldest first; how many mailings came to their end."""
    sending = Mailing.objects.filter(state=State.SENDING).order_by("started_at", "pk")
    ended = 0
    for pk in list(sending.values_list("pk", flat=True)):
        while hand_over(mailing_id=pk):
            pass
        ended += 1
    return ended


@transaction.atomic
def hand_over(*, mailing_id: int) -> bool:
    """Queue the mails of the next people in ascending order; whether there may be more.

    How far it came is written in the same transaction, and who has the mail already is passed over: a
    process that dies, or two at once, neither lose nor double a mail.
    """
    held = Mailing.objects.select_for_update().filter(pk=mailing_id, state=State.SENDING).first()
    if held is None:
        return False
    rows = recipients_of(held).filter(pk__gt=held.reached_pk).order_by("pk")
    found = list(rows.values_list("pk", "email", "language")[:BATCH])
    _queue(held, found)
    if len(found) == BATCH:
        held.reached_pk = found[-1][0]
        held.save(update_fields=["reached_pk"])
        return True
    held.ended_at = timezone.now()
    _turn(held, State.QUEUED, "ended_at")
    return False


def _queue(mailing: Mailing, found: list[tuple[int, str, str]]) -> None:
    recipients = [
        Recipient(
            to=email,
            language=language,
            about={"mailing": mailing.pk, "registration": pk},
            once=f"{batch_of(mailing)}:{pk}",
        )
        for pk, email, language in found
    ]
    known = queued_among([recipient.once for recipient in recipients])
    queue_to_many(
        kind="mailing",
        recipients=[recipient for recipient in recipients if recipient.once not in known],
        event_id=mailing.event_id,
        batch=batch_of(mailing),
    )


@transaction.atomic
def stop(*, mailing: Mailing) -> int:
    """Hand over nobody any more, and take out what waits; how many mails were taken out.

    A mail that a worker has in hand at this moment may still go. Raises `NotPossibleError` when there is
    nothing to stop.
    """
    held = _held(mailing, State.SENDING, State.QUEUED)
    taken = take_out_batch(batch=batch_of(held))
    if held.state == State.QUEUED and not taken:
        raise NotPossibleError
    held.reached_pk = 0  # retries may have waited anywhere; who has the mail is passed over
    held.ended_at = timezone.now()
    _turn(held, State.STOPPED, "reached_pk", "ended_at")
    return taken


@transaction.atomic
def go_on(*, mailing: Mailing) -> Mailing:
    """Send to those who have not got it, as if nobody had stopped it. Raises `NotPossibleError`."""
    held = _held(mailing, State.STOPPED)
    held.ended_at = None
    return _turn(held, State.SENDING, "ended_at")


def _held(mailing: Mailing, *states: State) -> Mailing:
    found = Mailing.objects.select_for_update().filter(pk=mailing.pk, state__in=states).first()
    if found is None:
        raise NotPossibleError
    return found


def _turn(held: Mailing, state: State, *fields: str) -> Mailing:
    held.state = state
    held.save(update_fields=["state", *fields])
    return held
