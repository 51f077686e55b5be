"""Queueing a mail in the transaction that it tells about, and trying again what was given up."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from .mime import stamp
from .models import Message
from .rendering import Rendered

PACE = dt.timedelta(milliseconds=40)
"""Between two mails to many: whoever registers meanwhile is written to before thousands of them.

The mails of a batch need no pace: whatever is in none goes before them.
"""

_NAMES = uuid.UUID("6f1d1c5e-6a55-4f4c-9d0e-6a1f9f6d2b7c")


@dataclass(frozen=True, slots=True)
class Recipient:
    """One of many; `about` holds primary keys only, `once` names this mail among all."""

    to: str
    language: str
    about: dict[str, Any]
    once: str


def queue(
    *,
    kind: str,
    to: str,
    language: str,
    about: dict[str, Any],
    once: str,
    event_id: int | None = None,
    batch: str = "",
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
        batch=batch,
        next_try_at=timezone.now(),
    )


def queue_to_many(*, kind: str, recipients: Iterable[Recipient], event_id: int, batch: str = "") -> int:
    """Write a row for each recipient, each due a little after the one before; how many.

    Those of a `batch` are sent after all other mails and can be taken out together. Must run inside the
    transaction that the mails tell about. Needs one query for a batch of rows.
    """
    now = timezone.now()
    pace = dt.timedelta() if batch else PACE
    messages = [
        Message(
            pk=_pk_of(recipient.once),
            kind=kind,
            to=recipient.to,
            language=recipient.language,
            about=recipient.about,
            once=recipient.once,
            event_id=event_id,
            batch=batch,
            next_try_at=now + number * pace,
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


def take_out_batch(*, batch: str) -> int:
    """Delete what waits of the batch in one query, whatever a worker has in hand stays; how many.

    Must run in a transaction. The same mail queued again has the same Message-ID, so that a copy which a
    dying worker did send is known as one.
    """
    waiting = Message.objects.filter(free(), batch=batch, state=Message.State.QUEUED)
    # Not delete(): Wagtail listens to every deletion, so that Django would read all rows first.
    return waiting._raw_delete(waiting.db)  # noqa: SLF001


def take_out_many(*, name: str, keys: Collection[int], event_id: int) -> int:
    """Delete what waits in the event about any of these rows in one query; how many. As `take_out_batch`."""
    about = {f"about__{name}__in": list(keys)}
    waiting = Message.objects.filter(free(), event=event_id, state=Message.State.QUEUED, **about)
    return waiting._raw_delete(waiting.db)  # noqa: SLF001


def free() -> Q:
    """For a query of messages: no worker has it in hand now."""
    return Q(lease_until__isnull=True) | Q(lease_until__lte=timezone.now())


def _pk_of(once: str) -> uuid.UUID:
    """The primary key, and with it the Message-ID, of the mail of this name."""
    return uuid.uuid5(_NAMES, once)


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
