from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.outbox.models import Message
from events.outbox.rendering import Rendered
from events.outbox.services import (
    PACE,
    Recipient,
    queue,
    queue_rendered,
    queue_to_many,
    requeue,
    take_out_batch,
)
from tests.factories import make_event

pytestmark = pytest.mark.django_db
State = Message.State


def queued(once: str = "confirmed:41", **fields: Any) -> Message:
    message = queue(
        kind="confirmation", to="anna@example.org", language="en", about={"registration": 41}, once=once
    )
    Message.objects.filter(pk=message.pk).update(**fields)
    return Message.objects.get(pk=message.pk)


def test_queueing_writes_one_row_and_nothing_else(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        message = queue(
            kind="confirmation", to="a@example.org", language="fr", about={"registration": 1}, once="x"
        )
    assert (message.state, message.attempts, message.mime) == (State.QUEUED, 0, None)
    assert message.next_try_at <= timezone.now()


def test_the_same_mail_is_never_queued_twice() -> None:
    queued()
    with pytest.raises(IntegrityError), transaction.atomic():
        queued()


def test_a_mail_rolled_back_with_its_registration_is_gone() -> None:
    class NoPlaceLeftError(Exception):
        pass

    def register() -> None:
        with transaction.atomic():
            queued()
            raise NoPlaceLeftError

    with pytest.raises(NoPlaceLeftError):
        register()
    assert not Message.objects.exists()


def test_a_mail_may_come_rendered() -> None:
    message = queue_rendered(
        kind="account", to="a@example.org", language="en", rendered=Rendered("S", "T", "")
    )
    assert f"Message-ID: <{message.pk}@127.0.0.1>\r\n".encode() in message.mime
    assert b"Subject: S\r\n" in message.mime


def test_what_was_given_up_is_tried_again_with_the_same_bytes() -> None:
    message = queued(state=State.DEAD, attempts=24, last_error="550", mime=b"kept")
    assert requeue(message=message)
    again = Message.objects.get()
    assert (again.state, again.attempts, again.last_error) == (State.QUEUED, 0, "")
    assert (bytes(again.mime), again.lease_until) == (b"kept", None)
    assert again.next_try_at <= timezone.now()


@pytest.mark.parametrize("state", [State.QUEUED, State.SENT])
def test_only_what_was_given_up_is_tried_again(state: str) -> None:
    assert not requeue(message=queued(state=state, attempts=2))
    assert (Message.objects.get().state, Message.objects.get().attempts) == (state, 2)


def to_many(*numbers: int, batch: str = "mailing:7") -> int:
    recipients = [
        Recipient(f"d{number}@example.org", "en", {"registration": number}, f"{batch}:{number}")
        for number in numbers
    ]
    return queue_to_many(kind="mailing", recipients=recipients, event_id=make_event().pk, batch=batch)


def test_a_batch_is_due_at_once_and_other_mails_to_many_little_by_little() -> None:
    assert to_many(1, 2, 3) == 3
    assert to_many(4, 5, batch="") == 2
    due = {row.about["registration"]: row.next_try_at for row in Message.objects.all()}
    assert due[1] == due[2] == due[3]
    assert due[5] - due[4] == PACE


def test_what_waits_of_a_batch_is_taken_out_in_one_query(django_assert_num_queries: Any) -> None:
    now = timezone.now()
    to_many(1, 2, 3, 4, 5)
    to_many(6, batch="mailing:70")
    by_number = {row.about["registration"]: row.pk for row in Message.objects.all()}
    Message.objects.filter(pk=by_number[1]).update(state=State.SENT)
    Message.objects.filter(pk=by_number[2]).update(state=State.DEAD)
    Message.objects.filter(pk=by_number[3]).update(lease_until=now + timezone.timedelta(minutes=5))
    Message.objects.filter(pk=by_number[4]).update(lease_until=now - timezone.timedelta(minutes=5))
    queued("7")
    with django_assert_num_queries(1):
        assert take_out_batch(batch="mailing:7") == 2
    left = set(Message.objects.values_list("about__registration", flat=True))
    assert left == {1, 2, 3, 6, 41}


def test_a_mail_queued_again_after_it_was_taken_out_has_the_same_message_id() -> None:
    to_many(1)
    first = Message.objects.get().pk
    take_out_batch(batch="mailing:7")
    to_many(1)
    assert Message.objects.get().pk == first
