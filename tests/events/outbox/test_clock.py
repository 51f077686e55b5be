"""Periodic jobs: when due, by one clock, whatever the others do."""

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from events.outbox import clock
from events.outbox.clock import LEASE, PeriodicJob, run_due, tick_until
from events.outbox.models import Job
from tests.live import PROJECT, Database, Site

HOUR = dt.timedelta(hours=1)


def job(run: Callable[[], object], name: str = "count", every: dt.timedelta = HOUR) -> PeriodicJob:
    return PeriodicJob(name, every, run)


@pytest.mark.django_db
def test_a_new_job_runs_at_once_and_then_at_its_interval() -> None:
    runs: list[int] = []
    jobs = [job(lambda: runs.append(1))]
    assert run_due(jobs) == ["count"]
    assert run_due(jobs) == []
    row = Job.objects.get()
    assert (row.lease_until, row.last_error) == (None, "")
    assert HOUR - dt.timedelta(seconds=10) < row.due_at - timezone.now() <= HOUR
    assert timezone.now() - row.succeeded_at < dt.timedelta(seconds=10)
    Job.objects.update(due_at=timezone.now())
    assert run_due(jobs) == ["count"]
    assert len(runs) == 2


@pytest.mark.django_db
def test_a_job_that_fails_holds_up_nobody_and_comes_again(caplog: pytest.LogCaptureFixture) -> None:
    def fails() -> None:
        message = "Anna Ivanova"
        raise RuntimeError(message)

    runs: list[int] = []
    jobs = [job(fails, "broken"), job(lambda: runs.append(1))]
    assert run_due(jobs) == ["broken", "count"]
    assert runs == [1]
    row = Job.objects.get(name="broken")
    assert row.last_error.startswith("RuntimeError (fails, line ")
    assert (row.succeeded_at, row.lease_until) == (None, None)
    assert "the job broken failed" in caplog.text
    Job.objects.update(due_at=timezone.now())
    assert run_due([job(lambda: None, "broken")]) == ["broken"]
    assert Job.objects.get(name="broken").last_error == ""


@pytest.mark.django_db
def test_while_another_clock_has_it_a_job_waits_until_the_lease_runs_out() -> None:
    runs: list[int] = []
    Job.objects.create(name="count", lease_until=timezone.now() + LEASE)
    assert run_due([job(lambda: runs.append(1))]) == []
    Job.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    assert run_due([job(lambda: runs.append(1))]) == ["count"]


@pytest.mark.django_db
def test_a_clock_that_lost_its_lease_does_not_end_the_next_ones() -> None:
    def slow() -> None:
        Job.objects.update(lease_until=theirs)

    theirs = timezone.now() + 2 * LEASE
    run_due([job(slow)])
    assert Job.objects.get().lease_until == theirs


@pytest.mark.django_db
def test_no_job_begins_after_the_signal_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "close_old_connections", lambda: None)
    stop, runs = Event(), []
    jobs = [job(lambda: runs.append("first") or stop.set(), "first"), job(lambda: runs.append("second"))]
    tick_until(stop, jobs)
    assert runs == ["first"]


@pytest.mark.django_db
def test_a_tick_with_nothing_to_do_takes_two_queries(django_assert_num_queries: Any) -> None:
    jobs = [job(lambda: None, f"job-{number}") for number in range(10)]
    run_due(jobs)
    with django_assert_num_queries(2):
        assert run_due(jobs) == []


def test_the_clock_waits_for_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, rounds = Event(), []

    def away(_jobs: object, _stop: Event) -> list[str]:
        rounds.append(1)
        if len(rounds) == 3:
            stop.set()
        raise OperationalError

    monkeypatch.setattr(clock, "run_due", away)
    monkeypatch.setattr(clock, "close_old_connections", lambda: None)
    monkeypatch.setattr(clock, "PAUSE_IN_TROUBLE_SECONDS", 0)
    tick_until(stop, [])
    assert len(rounds) == 3


@pytest.mark.xdist_group("live")
def test_of_clocks_that_tick_together_one_runs_each_job(live_database: Database, tmp_path: Path) -> None:
    names, ran = ["a", "b", "c", "d", "e"], tmp_path / "ran.txt"
    command = [sys.executable, "-m", "tests.events.outbox.ticking", str(ran), *names]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    environment = Site(live_database, tmp_path).environment
    clocks = [subprocess.Popen(command, cwd=PROJECT, env=environment, **pipes) for _ in range(4)]
    assert [each.stdout.readline() for each in clocks] == ["ready\n"] * 4
    for each in clocks:
        each.stdin.write("\n")
        each.stdin.flush()
    for each in clocks:
        each.communicate(timeout=60)
    assert [each.returncode for each in clocks] == [0] * 4
    assert sorted(ran.read_text().split()) == names
