"""Queueing a mail in the transaction that it tells about, and trying again what was given up."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from .mime import stamp
from .models import Message
from .rendering import Rendered

PACE = dt.timedelta(milliseconds=40)
"""Between two mails to many: whoever registers meanwhile is written to before thousands of them."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One of many; `about` holds primary keys only, `once` names this mail among all."""

    to: str
    language: str
    about: dict[str, Any]
    once: str


def queue(
    *, kind: str, to: str, language: str, about: dict[str, Any], once: str, event_id: int | None = None
) -> Message:
    """Write the message's row; must run inside the transaction that the mail tells about.

    `once` names this mail (for example "confirmed:41"): a second one of the same name raises
    IntegrityError. `about` holds primary keys only. The worker looks for due rows every second.
    """
    return Message.objects.create(
        kind=kind,
        to=to,
        language=language,
        about=about,
        once=once,
        event_id=event_id,
        next_try_at=timezone.now(),
    )


def queue_to_many(*, kind: str, recipients: Iterable[Recipient], event_id: int) -> int:
    """Write a row for each recipient, each due a little after the one before; how many.

    Must run inside the transaction that the mails tell about. Needs one query for a batch of rows.
    """
    now = timezone.now()
    messages = [
        Message(
            kind=kind,
            to=recipient.to,
            language=recipient.language,
            about=recipient.about,
            once=recipient.once,
            event_id=event_id,
            next_try_at=now + number * PACE,
        )
        for number, recipient in enumerate(recipients)
    ]
    return len(Message.objects.bulk_create(messages))


def queue_rendered(*, kind: str, to: str, language: str, rendered: Rendered) -> Message:
    """Queue a mail that its author has rendered already, such as a link to set a new password.

    Raises `AddressError` for an address no mail can be sent to.
    """
    pk = uuid.uuid4()
    message = Message(
        pk=pk, kind=kind, to=to, language=language, once=f"{kind}:{pk}", next_try_at=timezone.now()
    )
    message.mime = stamp(message, rendered)
    message.save(force_insert=True)
    return message


def take_out(*, about: dict[str, int], event_id: int) -> list[Message]:
    """Delete every unsent message of the event about this, also those given up; returns them.

    Nobody can send them again, and a worker that renders one loses it. Must run in a transaction.
    """
    taken = list(_unsent(about, event_id).select_for_update().order_by("pk").defer("mime"))
    Message.objects.filter(pk__in=[message.pk for message in taken]).delete()
    return taken


def render_anew(*, about: dict[str, int], event_id: int) -> int:
    """What is about this and was rendered but not sent no longer holds: forget the bytes; how many."""
    return _unsent(about, event_id).filter(mime__isnull=False).update(mime=None)


def _unsent(about: dict[str, int], event_id: int) -> QuerySet[Message]:
    keys = {f"about__{name}": pk for name, pk in about.items()}
    return Message.objects.filter(event=event_id, **keys).exclude(state=Message.State.SENT)


def requeue(*, message: Message) -> bool:
    """Give a message that was given up all its attempts again; whether it was given up."""
    dead = Message.objects.filter(pk=message.pk, state=Message.State.DEAD)
    return bool(
        dead.update(
            state=Message.State.QUEUED,
            attempts=0,
            next_try_at=timezone.now(),
            lease_until=None,
            last_error="",
        )
    )
