"""The table of periodic jobs, each of them run."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from events.once.models import IdempotencyKey
from events.once.services import forget_old_keys
from events.outbox.clock import run_due
from events.outbox.models import Job
from events.tasks import HOUR, JOBS, revive_lost_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tasks_in_the_database(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def make_task(status: TaskResultStatus, **times: Any) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="x.y",
        backend_name="default",
        **times,
    )


def test_every_job_succeeds() -> None:
    assert run_due(JOBS) == [job.name for job in JOBS]
    assert dict(Job.objects.values_list("name", "last_error")) == {job.name: "" for job in JOBS}


def test_names_are_unique_and_no_job_is_due_more_often_than_the_clock_ticks() -> None:
    assert len({job.name for job in JOBS}) == len(JOBS)
    assert all(job.every >= dt.timedelta(seconds=10) for job in JOBS)


def test_what_is_past_its_time_is_forgotten() -> None:
    now = timezone.now()
    Session.objects.create(session_key="old", session_data="", expire_date=now - HOUR)
    Session.objects.create(session_key="new", session_data="", expire_date=now + HOUR)
    old_task = make_task(TaskResultStatus.SUCCESSFUL, finished_at=now - dt.timedelta(days=8))
    make_task(TaskResultStatus.SUCCESSFUL, finished_at=now)
    run_due(JOBS)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
    assert DBTaskResult.objects.count() == 1
    assert not DBTaskResult.objects.filter(pk=old_task.pk).exists()


def test_keys_are_kept_for_a_week() -> None:
    for key, days in (("old", 8), ("fresh", 6)):
        row = IdempotencyKey.objects.create(key=key, actor="form", address="/", body_hash="", result="")
        IdempotencyKey.objects.filter(pk=row.pk).update(created_at=timezone.now() - dt.timedelta(days=days))
    assert forget_old_keys() == 1
    assert IdempotencyKey.objects.get().key == "fresh"


def test_a_task_whose_worker_was_killed_is_queued_again() -> None:
    now = timezone.now()
    lost = make_task(TaskResultStatus.RUNNING, started_at=now - 2 * HOUR, worker_ids=["dead"])
    running = make_task(TaskResultStatus.RUNNING, started_at=now, worker_ids=["alive"])
    assert revive_lost_tasks() == 1
    assert DBTaskResult.objects.get(pk=lost.pk).status == TaskResultStatus.READY
    assert DBTaskResult.objects.get(pk=running.pk).status == TaskResultStatus.RUNNING
