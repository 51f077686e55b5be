"""How the mail and the clock are doing, in figures without personal data."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from .clock import PeriodicJob
from .models import Job, Message

# A job that misses one turn is slow; one that misses three is not being done.
LATE_AFTER_TURNS = 3


@dataclass(frozen=True, slots=True)
class Backlog:
    """The outbox in figures. `oldest_seconds`: how long the oldest waiting mail has waited, 0 for none."""

    queued: int
    sent: int
    dead: int
    oldest_seconds: int


@dataclass(frozen=True, slots=True)
class Progress:
    """The mails of one batch in figures."""

    queued: int
    sent: int
    dead: int

    @property
    def handed_over(self) -> int:
        """All that are in the outbox."""
        return self.queued + self.sent + self.dead


@dataclass(frozen=True, slots=True)
class JobHealth:
    """One periodic job. `age_seconds`: since its last success, None before the first."""

    name: str
    age_seconds: int | None
    late: bool
    failing: bool


def is_queued(once: str) -> bool:
    """Whether there is a message of this name, sent or not."""
    return Message.objects.filter(once=once).exists()


def queued_among(onces: Collection[str]) -> set[str]:
    """Which of these names have a message, sent or not. One query."""
    return set(Message.objects.filter(once__in=onces).values_list("once", flat=True))


def progress_of(batch: str) -> Progress:
    """How far the mails of the batch are. One query, along an index."""
    of_batch = Message.objects.filter(batch=batch).order_by().values_list("state").annotate(Count("pk"))
    counts = dict(of_batch)
    return Progress(
        queued=counts.get(Message.State.QUEUED, 0),
        sent=counts.get(Message.State.SENT, 0),
        dead=counts.get(Message.State.DEAD, 0),
    )


def mails_about(*, registration_id: int, event_id: int) -> QuerySet[Message]:
    """Every mail about one registration, the newest first, without its bytes."""
    return Message.objects.filter(event=event_id, about__registration=registration_id).defer("mime")


def backlog() -> Backlog:
    """The outbox now; two queries."""
    counts = dict(Message.objects.order_by().values_list("state").annotate(Count("pk")))
    oldest = Message.objects.filter(state=Message.State.QUEUED).aggregate(at=Min("created_at"))["at"]
    return Backlog(
        queued=counts.get(Message.State.QUEUED, 0),
        sent=counts.get(Message.State.SENT, 0),
        dead=counts.get(Message.State.DEAD, 0),
        oldest_seconds=int((timezone.now() - oldest).total_seconds()) if oldest else 0,
    )


def health_of(jobs: Sequence[PeriodicJob]) -> list[JobHealth]:
    """How each job of the table is doing, in the table's order; one query."""
    rows = Job.objects.in_bulk([job.name for job in jobs])
    now = timezone.now()
    return [_health(job, rows.get(job.name), now) for job in jobs]


def _health(job: PeriodicJob, row: Job | None, now: dt.datetime) -> JobHealth:
    age = now - row.succeeded_at if row and row.succeeded_at else None
    return JobHealth(
        name=job.name,
        age_seconds=int(age.total_seconds()) if age is not None else None,
        late=age is None or age > LATE_AFTER_TURNS * job.every,
        failing=bool(row and row.last_error),
    )
