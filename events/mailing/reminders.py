"""Reminding by itself: who is due, once for each person and the event's dates (ADR 65)."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat, Lower
from django.utils import timezone

from ..catalogue.models import Event
from ..outbox.models import Message
from ..outbox.services import Recipient, queue_to_many
from ..registration.answering import missing_answers
from ..registration.beginnings import Draft
from ..registration.models import Registration
from ..registration.selectors import registration_terms
from ..registration.states import ENDED, State
from .models import Reminder
from .standard_words import HOURS

BATCH = 500
"""People who are written to in one transaction."""

RESTS = dt.timedelta(days=1)
"""Whoever registered less than this ago has just been written to."""

Kind = Reminder.Kind


def make_reminders(*, events: Iterable[Event]) -> None:
    """Give each of these events its reminders with our hours, where it lacks them. Two queries."""
    by_pk = {event.pk: event for event in events}
    known = set(Reminder.objects.filter(event__in=by_pk).values_list("event", "kind"))
    lacking = [
        Reminder(event_id=pk, kind=kind, hours=hours)
        for pk in by_pk
        for kind, hours in HOURS.items()
        if (pk, kind.value) not in known
    ]
    if lacking:
        Reminder.objects.bulk_create(lacking, ignore_conflicts=True)


def remind_all() -> int:
    """For the clock: write to everybody who is due; how many mails were queued."""
    make_reminders(events=_to_come())
    on = Reminder.objects.filter(is_on=True, event__in=_to_come()).select_related("event")
    return sum(remind(reminder=reminder) for reminder in on.order_by("pk"))


def remind(*, reminder: Reminder) -> int:
    """Write to everybody who is due and was not reminded before; how many mails were queued."""
    now, queued = timezone.now(), 0
    if reminder.event.is_over:
        return 0
    while number := _remind_some(reminder, now):
        queued += number
    return queued


def _to_come() -> QuerySet[Event]:
    """Announced events that may not be over: their zone decides."""
    yesterday = timezone.now().date() - dt.timedelta(days=1)
    return Event.objects.filter(state=Event.State.ANNOUNCED, end_date__gte=yesterday)


@transaction.atomic
def _remind_some(reminder: Reminder, now: dt.datetime) -> int:
    rows = list(due(reminder, now).order_by("pk").values_list("pk", "email", "language")[:BATCH])
    unfinished = reminder.kind == Kind.UNFINISHED
    about = "draft" if unfinished else "registration"
    recipients = [
        Recipient(email, language, {"reminder": reminder.pk, about: pk}, f"{_prefix(reminder)}{pk}")
        for pk, email, language in rows
    ]
    return queue_to_many(
        kind="reminder-unfinished" if unfinished else "reminder",
        recipients=recipients,
        event_id=reminder.event_id,
        batch=f"reminder:{reminder.pk}",
    )


def due(reminder: Reminder, now: dt.datetime) -> QuerySet[Any]:
    """Whom to remind at `now`: registrations, or drafts. New dates of the event are a new occasion."""
    found = _DUE[Kind(reminder.kind)](reminder, now, dt.timedelta(hours=reminder.hours))
    name = Concat(Value(_prefix(reminder)), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    return found.filter(~Exists(Message.objects.filter(once=name)))


def _prefix(reminder: Reminder) -> str:
    return f"remind:{reminder.kind}:{reminder.event.start_date}:"


def _begins(event: Event) -> dt.datetime:
    return dt.datetime.combine(event.start_date, dt.time(), tzinfo=event.tz)


def _in(reminder: Reminder, state: State) -> QuerySet[Registration]:
    return Registration.objects.filter(event=reminder.event, state=state)


def _unfinished(reminder: Reminder, now: dt.datetime, hours: dt.timedelta) -> QuerySet[Draft]:
    """While registration lets people in; not who has registered from the same address since."""
    if not registration_terms(reminder.event, now).lets_in:
        return Draft.objects.none()
    same = Registration.objects.filter(event=reminder.event, email_folded=Lower(OuterRef("email")))
    waiting = Draft.objects.filter(event=reminder.event, finished_at=None, updated_at__lte=now - hours)
    return waiting.filter(~Exists(same.exclude(state__in=ENDED)))


def _nominated(reminder: Reminder, now: dt.datetime, hours: dt.timedelta) -> QuerySet[Registration]:
    return _in(reminder, State.NOMINATED).filter(created_at__lte=now - hours)


def _offered(reminder: Reminder, now: dt.datetime, hours: dt.timedelta) -> QuerySet[Registration]:
    """Not where the whole offer is shorter: its own mail is fresh enough."""
    ending = _in(reminder, State.OFFERED).filter(offer_expires_at__gt=now, offer_expires_at__lte=now + hours)
    return ending.filter(category__offer_hours__gt=reminder.hours)


def _near(reminder: Reminder, now: dt.datetime, hours: dt.timedelta) -> QuerySet[Registration]:
    begins = _begins(reminder.event)
    coming = _in(reminder, State.CONFIRMED).filter(created_at__lte=now - RESTS)
    return coming if begins - hours <= now < begins else coming.none()


def _unanswered(reminder: Reminder, now: dt.datetime, hours: dt.timedelta) -> QuerySet[Registration]:
    return missing_answers(_near(reminder, now, hours))


_DUE: dict[Kind, Callable[[Reminder, dt.datetime, dt.timedelta], QuerySet[Any]]] = {
    Kind.UNFINISHED: _unfinished,
    Kind.NOMINATION: _nominated,
    Kind.OFFER: _offered,
    Kind.ANSWERS: _unanswered,
    Kind.EVENT: _near,
}
