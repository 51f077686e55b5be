"""Periodic jobs, each done by one clock at a time however many run.

A job's row holds its lease, taken by a conditional UPDATE, and when it last succeeded. A job that
fails is tried again at its next time and does not hold up the others.
"""

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event

from django.db import close_old_connections
from django.db.models import Q, QuerySet
from django.utils import timezone

from .insist import DATABASE_AWAY, insist
from .models import Job
from .transport import in_words

logger = logging.getLogger(__name__)

# Longer than any job takes; a clock that is killed holds up its job for as long.
LEASE = dt.timedelta(minutes=10)
TICK_SECONDS = 1.0
PAUSE_IN_TROUBLE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class PeriodicJob:
    """Work to be done `every` so often. `run` must be harmless when it runs twice."""

    name: str
    every: dt.timedelta
    run: Callable[[], object]


def tick_until(stop: Event, jobs: Sequence[PeriodicJob], *, tick: float = TICK_SECONDS) -> None:
    """Run the jobs when they are due, until `stop` is set; a job under way is finished first."""
    while not stop.is_set():
        close_old_connections()
        pause = tick
        try:
            run_due(jobs, stop)
        except DATABASE_AWAY as error:
            logger.error("the clock waits for the database: %s", type(error).__name__)  # noqa: TRY400
            pause = PAUSE_IN_TROUBLE_SECONDS
        stop.wait(pause)


def run_due(jobs: Sequence[PeriodicJob], stop: Event | None = None) -> list[str]:
    """Run every job that is due and free; the names of those run, in the order of `jobs`."""
    known = set(Job.objects.values_list("name", flat=True))
    Job.objects.bulk_create(
        [Job(name=job.name) for job in jobs if job.name not in known], ignore_conflicts=True
    )
    due = set(_due().values_list("name", flat=True))
    ran = []
    for job in jobs:
        if stop and stop.is_set():
            break
        if job.name in due and _run(job):
            ran.append(job.name)
    return ran


def _run(job: PeriodicJob) -> bool:
    """Run the job unless another clock has it; whether it was ours."""
    started = timezone.now()
    lease_until = started + LEASE
    if not _due().filter(name=job.name).update(lease_until=lease_until):
        return False
    outcome: dict[str, object] = {"lease_until": None, "due_at": started + job.every}
    try:
        job.run()
    except Exception as error:
        logger.exception("the job %s failed", job.name)
        outcome |= {"last_error": in_words(error)}
    else:
        outcome |= {"succeeded_at": timezone.now(), "last_error": ""}
    insist(lambda: Job.objects.filter(name=job.name, lease_until=lease_until).update(**outcome))
    return True


def _due() -> QuerySet[Job]:
    now = timezone.now()
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    return Job.objects.filter(free, Q(due_at__isnull=True) | Q(due_at__lte=now))
