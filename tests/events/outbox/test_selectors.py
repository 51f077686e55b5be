import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from events.outbox.clock import PeriodicJob
from events.outbox.models import Job, Message
from events.outbox.selectors import (
    Backlog,
    JobHealth,
    Progress,
    backlog,
    health_of,
    mails_about,
    progress_of,
    queued_among,
)
from events.outbox.services import queue
from tests.factories import make_event

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def make_message(number: int, state: Message.State, minutes_old: int) -> None:
    message = queue(kind="x", to="a@example.org", language="en", about={}, once=str(number))
    created_at = timezone.now() - dt.timedelta(minutes=minutes_old)
    Message.objects.filter(pk=message.pk).update(state=state, created_at=created_at)


def test_an_empty_outbox() -> None:
    assert backlog() == Backlog(queued=0, sent=0, dead=0, oldest_seconds=0)


def test_the_outbox_in_figures(django_assert_num_queries: Any) -> None:
    states = [Message.State.QUEUED] * 2 + [Message.State.SENT] * 3 + [Message.State.DEAD]
    for number, state in enumerate(states):
        make_message(number, state, minutes_old=10 * number + 5)
    with django_assert_num_queries(2):
        figures = backlog()
    assert (figures.queued, figures.sent, figures.dead) == (2, 3, 1)
    assert 900 <= figures.oldest_seconds < 930


@pytest.mark.parametrize(
    "hours, error, expected",
    [
        (None, "", (None, True, False)),
        (1, "", (3600, False, False)),
        (2, "boom", (7200, False, True)),
        (4, "", (14400, True, False)),
    ],
)
def test_a_job_is_late_after_three_turns(
    hours: int | None, error: str, expected: tuple[int | None, bool, bool]
) -> None:
    succeeded_at = timezone.now() - hours * HOUR if hours else None
    Job.objects.create(name="j", succeeded_at=succeeded_at, last_error=error)
    (found,) = health_of([PeriodicJob("j", HOUR, lambda: None)])
    assert found == JobHealth("j", *expected)


def test_a_job_that_never_ran_is_late() -> None:
    jobs = [PeriodicJob("new", HOUR, lambda: None)]
    assert health_of(jobs) == [JobHealth("new", None, late=True, failing=False)]


def test_the_progress_of_a_batch(django_assert_num_queries) -> None:
    def message(number, batch, state):
        return Message(
            kind="mailing", to="d@example.org", language="en", about={"registration": number},
            once=f"{batch}:{number}", batch=batch, state=state, next_try_at=timezone.now(),
        )  # fmt: skip

    states = ["queued", "sent", "sent", "sent", "dead"]
    Message.objects.bulk_create([message(n, "mailing:1", state) for n, state in enumerate(states)])
    Message.objects.bulk_create([message(n, "mailing:11", "sent") for n in range(7)])
    with django_assert_num_queries(1):
        progress = progress_of("mailing:1")
    assert progress == Progress(queued=1, sent=3, dead=1)
    assert progress.handed_over == 5
    assert queued_among(["mailing:1:0", "mailing:11:6", "mailing:1:9"]) == {"mailing:1:0", "mailing:11:6"}


def test_the_mails_about_one_registration_of_the_event() -> None:
    event, other = make_event(), make_event()
    for number, (of_event, pk) in enumerate([(event, 41), (event, 4), (event, 41), (other, 41)]):
        queue(
            kind="confirmation", to="d@example.org", language="en", about={"registration": pk},
            once=f"m:{number}", event_id=of_event.pk,
        )  # fmt: skip
    found = mails_about(registration_id=41, event_id=event.pk)
    assert [message.once for message in found] == ["m:2", "m:0"]
