"""Figures for Prometheus, counted in the database when asked, so that every web process tells the same."""

from collections.abc import Iterator
from dataclasses import asdict

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST as CONTENT_TYPE
from prometheus_client.registry import Collector

from events.checkin.selectors import admission_count
from events.outbox.selectors import backlog, health_of
from events.registration.selectors import counts_by_state
from events.tasks import JOBS

__all__ = ["CONTENT_TYPE", "exposition"]


def exposition() -> bytes:
    """All figures as text; five queries."""
    registry = CollectorRegistry()
    registry.register(_Figures())
    return generate_latest(registry)


class _Figures(Collector):
    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing: registering must not ask the database."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Each family of figures."""
        yield from _mail()
        yield from _jobs()
        registrations = GaugeMetricFamily("events_registrations", "Registrations by state", labels=["state"])
        for state, count in counts_by_state().items():
            registrations.add_metric([state], count)
        yield registrations
        yield GaugeMetricFamily(
            "events_admissions", "People admitted at a checkpoint", value=admission_count()
        )


def _mail() -> Iterator[GaugeMetricFamily]:
    figures = asdict(backlog())
    oldest = figures.pop("oldest_seconds")
    messages = GaugeMetricFamily("events_mail_messages", "Mails by state", labels=["state"])
    for state, count in figures.items():
        messages.add_metric([state], count)
    yield messages
    yield GaugeMetricFamily(
        "events_mail_oldest_queued_seconds", "How long the oldest waiting mail has waited", value=oldest
    )


def _jobs() -> Iterator[GaugeMetricFamily]:
    age = GaugeMetricFamily("events_job_success_age_seconds", "Since a job's last success", labels=["job"])
    late = GaugeMetricFamily("events_job_late", "1 when a job missed three turns", labels=["job"])
    for job in health_of(JOBS):
        if job.age_seconds is not None:
            age.add_metric([job.name], job.age_seconds)
        late.add_metric([job.name], job.late)
    yield age
    yield late
