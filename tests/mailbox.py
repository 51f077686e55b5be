"""A real SMTP server in a thread, which keeps every message and can be told to misbehave."""

import email
import email.policy
import threading
import time
from collections.abc import Callable
from email.message import EmailMessage
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.live import free_port


class Mailbox:
    """Use as a context manager; `url` is an EMAIL_URL for the site."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.answer: Callable[[Envelope], str] = lambda envelope: "250 OK"
        self._arrived = threading.Condition()
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._controller.port}"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        answer = self.answer(envelope)
        if answer.startswith("250"):
            with self._arrived:
                self.raw.append(bytes(envelope.content or b""))
                self._arrived.notify_all()
        return answer

    def messages(self) -> list[EmailMessage]:
        """What arrived, parsed."""
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.raw]

    def wait_for(self, recipient: str, seconds: float = 30, *, subject: str = "") -> EmailMessage:
        """The first message to `recipient` with `subject` in its own; an AssertionError if none comes."""
        deadline = time.monotonic() + seconds
        with self._arrived:
            while True:
                for message in self.messages():
                    if recipient in str(message["To"]) and subject in str(message["Subject"]):
                        return message
                left = deadline - time.monotonic()
                if left <= 0 or not self._arrived.wait(left):
                    got = [(m["To"], m["Subject"]) for m in self.messages()]
                    message = f"no mail {subject!r} to {recipient} within {seconds} s; got {got}"
                    raise AssertionError(message)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._controller.stop()
