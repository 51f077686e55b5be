"""What load balancers, Prometheus and people are told, and what nobody is."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from events.outbox.models import Job, Message
from events.outbox.services import queue
from events.tasks import JOBS
from site_cms import health
from tests.factories import make_event, make_registration


@pytest.fixture
def waiting() -> Message:
    return queue(kind="confirmation", to="anna@example.org", language="en", about={}, once="confirmed:1")


def samples(client: Client) -> dict[str, float]:
    text = client.get("/metrics").content.decode()
    found = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {"/".join([sample.name, *sample.labels.values()]): sample.value for sample in found}


def break_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: BaseDatabaseWrapper, *args: object, **kwargs: object) -> None:
        raise OperationalError

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", away)


def test_a_living_process_says_so_without_its_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_database(monkeypatch)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.django_db
def test_ready_although_clock_and_mail_are_late(client: Client, waiting: Message) -> None:
    Message.objects.update(created_at=timezone.now() - dt.timedelta(hours=1))
    Job.objects.create(name=JOBS[0].name, succeeded_at=timezone.now() - dt.timedelta(days=9))
    Job.objects.create(name=JOBS[1].name, succeeded_at=timezone.now(), last_error="boom")
    Job.objects.create(name=JOBS[2].name, succeeded_at=timezone.now())
    answer = client.get("/readyz")
    told = answer.json()
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert {name: told[name] for name in ("database", "cache", "migrations")} == {
        "database": "ok",
        "cache": "ok",
        "migrations": "ok",
    }
    assert (told["mail"]["queued"], told["mail"]["dead"]) == (1, 0)
    assert 3600 <= told["mail"]["oldest_seconds"] < 3630
    states = {name: job["state"] for name, job in told["jobs"].items()}
    assert list(states) == [job.name for job in JOBS]
    assert list(states.values())[:3] == ["late", "failing", "ok"]


@pytest.mark.django_db
def test_nobody_is_told_personal_data(client: Client, waiting: Message) -> None:
    registration = make_registration(make_event())
    Message.objects.update(last_error="550 secret")
    for address in ("/readyz", "/metrics"):
        text = client.get(address).content.decode()
        for secret in (registration.name, registration.email, "anna@example.org", "550 secret"):
            assert secret not in text


def test_without_its_database_it_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    break_database(monkeypatch)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "unavailable: OperationalError"}


@pytest.mark.django_db
def test_without_its_cache_it_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(type(cache._connections["default"]), "get", away)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["cache"]) == (503, "unavailable: ConnectionError")
    assert answer.json()["database"] == "ok"


@pytest.mark.django_db
def test_code_without_its_migrations_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health._Migrations, "applied", False)
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: ["one more"])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "pending")


@pytest.mark.django_db
def test_the_figures_for_prometheus(client: Client, waiting: Message) -> None:
    make_registration(make_event())
    Job.objects.create(name=JOBS[0].name, succeeded_at=timezone.now())
    found = samples(client)
    assert found["events_mail_messages/queued"] == 1
    assert (found["events_mail_messages/sent"], found["events_mail_messages/dead"]) == (0, 0)
    assert found["events_registrations/confirmed"] == 1
    assert found["events_registrations/cancelled"] == 0
    assert found["events_admissions"] == 0
    assert 0 <= found[f"events_job_success_age_seconds/{JOBS[0].name}"] < 10
    assert f"events_job_success_age_seconds/{JOBS[1].name}" not in found
    assert (found[f"events_job_late/{JOBS[0].name}"], found[f"events_job_late/{JOBS[1].name}"]) == (0, 1)


@pytest.mark.django_db
def test_figures_take_five_queries_however_many_rows(client: Client, django_assert_num_queries: Any) -> None:
    event = make_event()
    for _ in range(3):
        make_registration(event)
    with django_assert_num_queries(5):
        client.get("/metrics")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "token, headers, peer, status",
    [
        ("", {}, "127.0.0.1", 200),
        ("", {}, "::1", 200),
        ("", {}, "10.0.0.5", 403),
        ("", {"X-Forwarded-For": "203.0.113.5"}, "127.0.0.1", 403),
        ("", {"X-Forwarded-For": "127.0.0.1"}, "127.0.0.1", 403),
        ("s3cret", {}, "127.0.0.1", 403),
        ("s3cret", {"Authorization": "Bearer wrong"}, "127.0.0.1", 403),
        ("s3cret", {"Authorization": "Bearer s3crét"}, "127.0.0.1", 403),
        ("s3cret", {"Authorization": "Bearer s3cret"}, "203.0.113.5", 200),
    ],
)
def test_who_may_read_the_figures(
    client: Client, settings: Any, *, token: str, headers: dict[str, str], peer: str, status: int
) -> None:
    settings.METRICS_TOKEN = token
    assert client.get("/metrics", headers=headers, REMOTE_ADDR=peer).status_code == status
