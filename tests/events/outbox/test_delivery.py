"""One message from its row to the mail server, with everything that can go wrong on the way."""

import datetime as dt
import smtplib
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from threading import Event
from typing import Any

import pytest
from django.core.mail import get_connection
from django.db import OperationalError
from django.test.utils import override_settings
from django.utils import timezone, translation

from events.outbox import delivery, insist
from events.outbox.delivery import LEASE, deliver, deliver_due, deliver_until
from events.outbox.models import Message
from events.outbox.rendering import Rendered
from events.outbox.retries import MAX_ATTEMPTS
from events.outbox.services import queue, queue_rendered
from events.outbox.transport import StoredMail

pytestmark = pytest.mark.django_db
State = Message.State


def renders(message: Message) -> Rendered:
    text = f"{translation.get_language()} {message.about['registration']}"
    return Rendered(subject="Confirmed", text=text, html=f"<p>{text}</p>")


RENDERERS: dict[str, Callable[[Message], Rendered]] = {}


@pytest.fixture(autouse=True)
def renderers(settings: Any) -> dict[str, Callable[[Message], Rendered]]:
    settings.OUTBOX_RENDERERS = RENDERERS
    RENDERERS.clear()
    RENDERERS["confirmation"] = renders
    return RENDERERS


@pytest.fixture(autouse=True)
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "import_string", lambda table: table)


def queued(number: int = 1, **fields: Any) -> Message:
    message = queue(
        kind=fields.pop("kind", "confirmation"),
        to=fields.pop("to", f"anna{number}@example.org"),
        language="ar",
        about={"registration": number},
        once=f"confirmed:{number}",
    )
    Message.objects.filter(pk=message.pk).update(**fields)
    return message


def now_of(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


class Failing:
    """A mail server that answers each mail with the next error of a list, then takes the rest."""

    def __init__(self, *errors: Exception | None) -> None:
        self.errors = list(errors)
        self.taken: list[bytes] = []
        self.offered: list[bytes] = []
        self.opened = 0

    def open(self) -> bool:
        self.opened += 1
        return True

    def close(self) -> None:
        pass

    def send_messages(self, mails: list[StoredMail]) -> int:
        (mail,) = mails
        self.offered.append(mail.content)
        if self.errors and (error := self.errors.pop(0)):
            raise error
        self.taken.append(mail.content)
        return 1


def test_a_message_is_sent_in_its_language_and_marked(mailoutbox: list[StoredMail]) -> None:
    message = queued(41)
    assert deliver_due() == 1
    (mail,) = mailoutbox
    assert mail.recipients() == ["anna41@example.org"]
    parsed = message_from_bytes(mail.content, policy=default)
    assert parsed["Message-ID"] == f"<{message.pk}@127.0.0.1>"
    assert parsed.get_body(("plain",)).get_content() == "ar 41\r\n"
    sent = now_of(message)
    assert (sent.state, sent.attempts, sent.lease_until, sent.last_error) == (State.SENT, 1, None, "")
    assert timezone.now() - sent.sent_at < dt.timedelta(seconds=10)
    assert sent.mime is None


def test_a_sent_message_is_not_sent_again(mailoutbox: list[StoredMail]) -> None:
    message = queued()
    assert deliver_due() == 1
    assert deliver_due() == 0
    assert not deliver(message.pk, get_connection())
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("field", ["next_try_at", "lease_until", "state"])
def test_what_is_not_due_waits(field: str, mailoutbox: list[StoredMail]) -> None:
    soon = timezone.now() + dt.timedelta(minutes=1)
    message = queued(**{field: State.DEAD if field == "state" else soon})
    assert deliver_due() == 0
    assert not deliver(message.pk, get_connection())
    assert mailoutbox == []
    assert now_of(message).attempts == 0


def test_a_lease_that_ran_out_is_taken_over(mailoutbox: list[StoredMail]) -> None:
    queued(lease_until=timezone.now() - dt.timedelta(seconds=1), attempts=1)
    assert deliver_due() == 1
    assert len(mailoutbox) == 1


def test_while_one_worker_has_it_no_other_gets_it(
    renderers: dict[str, Any], mailoutbox: list[StoredMail]
) -> None:
    second = []

    def meanwhile(message: Message) -> Rendered:
        second.append(deliver(message.pk, get_connection()))
        return renders(message)

    renderers["confirmation"] = meanwhile
    assert deliver(queued().pk, get_connection())
    assert second == [False]
    assert len(mailoutbox) == 1


def test_rendering_that_outlasts_the_lease_sends_nothing(
    renderers: dict[str, Any], mailoutbox: list[StoredMail]
) -> None:
    def slow(message: Message) -> Rendered:
        Message.objects.filter(pk=message.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))
        return renders(message)

    renderers["confirmation"] = slow
    message = queued()
    assert not deliver(message.pk, get_connection())
    assert mailoutbox == []
    assert now_of(message).mime is None


def test_every_retry_sends_the_same_bytes(renderers: dict[str, Any]) -> None:
    message = queued()
    server = Failing(smtplib.SMTPDataError(451, b"later"), smtplib.SMTPServerDisconnected("gone"))
    assert not deliver(message.pk, server)
    renderers.clear()
    for _ in range(2):
        Message.objects.update(next_try_at=timezone.now())
        deliver(message.pk, server)
    assert server.offered == [server.offered[0]] * 3
    assert server.taken == [server.offered[0]]
    assert (now_of(message).state, now_of(message).attempts) == (State.SENT, 3)


def test_a_failure_that_passes_is_tried_later() -> None:
    message = queued()
    deliver(message.pk, Failing(smtplib.SMTPDataError(451, b"anna1@example.org: later")))
    failed = now_of(message)
    assert (failed.state, failed.lease_until, failed.last_error) == (
        State.QUEUED,
        None,
        "451 [address] later",
    )
    wait = failed.next_try_at - timezone.now()
    assert dt.timedelta(seconds=45) < wait < dt.timedelta(seconds=75)


def test_a_refused_address_is_given_up_at_once() -> None:
    message = queued()
    answer = {"anna1@example.org": (550, b"5.1.1 no such user")}
    deliver(message.pk, Failing(smtplib.SMTPRecipientsRefused(answer)))
    failed = now_of(message)
    assert (failed.state, failed.attempts, failed.last_error) == (State.DEAD, 1, "550 5.1.1 no such user")


def test_an_address_that_smtp_cannot_carry_is_given_up_at_once() -> None:
    message = queued(to="änna@example.org")
    deliver(message.pk, Failing())
    assert (now_of(message).state, now_of(message).last_error[:12]) == (State.DEAD, "AddressError")


def test_the_last_attempt_gives_up() -> None:
    message = queued(attempts=MAX_ATTEMPTS - 1)
    deliver(message.pk, Failing(TimeoutError()))
    assert now_of(message).state == State.DEAD


def test_a_message_that_kills_its_workers_is_given_up(mailoutbox: list[StoredMail]) -> None:
    message = queued(attempts=MAX_ATTEMPTS, lease_until=timezone.now() - dt.timedelta(seconds=1))
    assert not deliver(message.pk, get_connection())
    failed = now_of(message)
    assert (failed.state, failed.last_error) == (State.DEAD, "the worker died each time")
    assert mailoutbox == []


def test_a_renderer_that_fails_holds_up_nobody(
    renderers: dict[str, Any], mailoutbox: list[StoredMail]
) -> None:
    def fails(message: Message) -> Rendered:
        message = "Anna Ivanova has no badge"
        raise RuntimeError(message)

    renderers["broken"] = fails
    broken, unknown, good = queued(1, kind="broken"), queued(2, kind="of tomorrow"), queued(3)
    assert deliver_due() == 3
    assert [mail.recipients() for mail in mailoutbox] == [["anna3@example.org"]]
    assert now_of(good).state == State.SENT
    assert now_of(broken).last_error.startswith("RuntimeError (fails, line ")
    assert now_of(unknown).last_error.startswith("KeyError")
    assert {now_of(broken).state, now_of(unknown).state} == {State.QUEUED}


def test_the_oldest_due_is_sent_first(mailoutbox: list[StoredMail]) -> None:
    for number, minutes in ((1, 1), (2, 3), (3, 2)):
        queued(number, next_try_at=timezone.now() - dt.timedelta(minutes=minutes))
    deliver_due()
    assert [mail.to for mail in mailoutbox] == [
        ["anna2@example.org"],
        ["anna3@example.org"],
        ["anna1@example.org"],
    ]


@override_settings(
    EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1
)
def test_while_the_mail_server_is_away_no_attempt_is_used_up() -> None:
    message = queued()
    with pytest.raises(OSError, match="refused"):
        deliver_due()
    assert (now_of(message).attempts, now_of(message).lease_until) == (0, None)


def test_a_batch_uses_one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Failing()
    made = []
    monkeypatch.setattr(delivery, "get_connection", lambda: made.append(server) or server)
    for number in range(5):
        queued(number)
    assert deliver_due() == 5
    assert (len(made), len(server.taken)) == (1, 5)


def test_nothing_new_begins_after_the_signal_to_stop(mailoutbox: list[StoredMail]) -> None:
    queued()
    stop = Event()
    stop.set()
    deliver_due(stop)
    deliver_until(stop)
    assert mailoutbox == []


def test_a_sent_mail_is_marked_although_the_database_restarts(monkeypatch: pytest.MonkeyPatch) -> None:
    message = queued()
    mark, tries = delivery._sent, []

    def away_at_first(message: Message) -> None:
        tries.append(message.pk)
        if len(tries) < 3:
            raise OperationalError
        mark(message)

    monkeypatch.setattr(delivery, "_sent", away_at_first)
    monkeypatch.setattr(insist, "close_old_connections", lambda: None)
    monkeypatch.setattr(insist, "PAUSES", (0, 0, 0))
    assert deliver(message.pk, Failing())
    assert (len(tries), now_of(message).state) == (3, State.SENT)


def test_a_database_that_is_away_costs_the_message_nothing_but_its_lease(renderers: dict[str, Any]) -> None:
    def away(message: Message) -> Rendered:
        raise OperationalError

    renderers["confirmation"] = away
    message = queued()
    with pytest.raises(OperationalError):
        deliver(message.pk, Failing())
    held = now_of(message)
    assert (held.state, held.attempts) == (State.QUEUED, 1)
    assert dt.timedelta(0) < held.lease_until - timezone.now() <= LEASE


def test_the_loop_goes_on_after_any_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, rounds = Event(), []

    def trouble(_stop: Event) -> int:
        rounds.append(len(rounds))
        if len(rounds) == 4:
            stop.set()
            return 0
        raise (OperationalError(), ConnectionRefusedError(111, "refused"), RuntimeError())[len(rounds) - 1]

    monkeypatch.setattr(delivery, "deliver_due", trouble)
    monkeypatch.setattr(delivery, "close_old_connections", lambda: None)
    monkeypatch.setattr(delivery, "PAUSE_IN_TROUBLE_SECONDS", 0)
    deliver_until(stop)
    assert len(rounds) == 4


def test_delivering_one_message_takes_few_queries(django_assert_num_queries: Any) -> None:
    queued()
    with django_assert_num_queries(5):  # find, lease, read, keep the bytes, mark
        deliver_due()


def test_a_mail_rendered_by_its_author_needs_no_renderer(
    renderers: dict[str, Any], mailoutbox: list[StoredMail]
) -> None:
    renderers.clear()
    queue_rendered(
        kind="account", to="staff@example.org", language="fr", rendered=Rendered("Password", "Link", "")
    )
    assert deliver_due() == 1
    assert message_from_bytes(mailoutbox[0].content, policy=default)["Subject"] == "Password"


def in_batch(*numbers: int) -> None:
    for number in numbers:
        long_due = timezone.now() - dt.timedelta(hours=1)
        queued(number, batch="mailing:1", next_try_at=long_due)


def addressees(mails: list[StoredMail]) -> list[str]:
    return [mail.recipients()[0].partition("@")[0] for mail in mails]


def test_a_mail_to_one_goes_before_a_batch_that_has_waited_longer(mailoutbox: list[StoredMail]) -> None:
    in_batch(1, 2)
    queued(3)
    assert deliver_due() == 3
    assert addressees(mailoutbox)[0] == "anna3"
    assert sorted(addressees(mailoutbox)) == ["anna1", "anna2", "anna3"]


def test_a_mail_to_one_goes_before_the_rest_of_a_batch_under_way(
    mailoutbox: list[StoredMail], renderers: dict[str, Callable[[Message], Rendered]]
) -> None:
    def somebody_registers(message: Message) -> Rendered:
        if message.batch:
            renderers["confirmation"] = renders
            queued(9)
        return renders(message)

    renderers["confirmation"] = somebody_registers
    in_batch(1, 2, 3)
    assert deliver_due() == 3
    assert len(mailoutbox) == 1
    assert deliver_due() == 3
    assert addressees(mailoutbox)[1] == "anna9"
    assert sorted(addressees(mailoutbox)) == ["anna1", "anna2", "anna3", "anna9"]
