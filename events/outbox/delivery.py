"""Sending what waits in the outbox: lease, render once, send the stored bytes, mark.

The lease is a conditional UPDATE, so of several workers one has a message. Rendering and sending run
outside any transaction. A worker that is killed leaves a lease that runs out; the next one then sends
the same bytes under the same Message-ID.
"""

import datetime as dt
import logging
import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Event
from uuid import UUID

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import close_old_connections
from django.db.models import F, QuerySet
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from .insist import DATABASE_AWAY, insist
from .mime import stamp
from .models import Message
from .rendering import Rendered
from .retries import MAX_ATTEMPTS, delay
from .services import free
from .transport import StoredMail, in_words, refused_for_good

logger = logging.getLogger(__name__)

# Longer than every step of one SMTP delivery at EMAIL_TIMEOUT (20 s) together.
LEASE = dt.timedelta(minutes=5)
BATCH = 50
PAUSE_SECONDS = 1.0
PAUSE_IN_TROUBLE_SECONDS = 10.0

Renderer = Callable[[Message], Rendered]


class LeaseLostError(Exception):
    """Rendering took longer than the lease: the message is another worker's now."""


def deliver_until(stop: Event, *, pause: float = PAUSE_SECONDS) -> None:
    """Deliver what is due, look again every `pause` seconds, until `stop` is set."""
    while not stop.is_set():
        close_old_connections()
        try:
            found = deliver_due(stop)
            rest = 0.0 if found else pause
        except (*DATABASE_AWAY, OSError) as error:
            logger.error("mail waits: %s", in_words(error))  # noqa: TRY400 - a neighbour's trouble
            rest = PAUSE_IN_TROUBLE_SECONDS
        except Exception:
            logger.exception("mail waits")
            rest = PAUSE_IN_TROUBLE_SECONDS
        stop.wait(rest)


def deliver_due(stop: Event | None = None) -> int:
    """Deliver a batch of due messages over one connection; how many were due.

    The connection is opened before a message is leased: while the mail server is away (OSError),
    messages wait without using up attempts. A mail to one person goes before those of a batch, also
    before the rest of a batch that is being sent.
    """
    due = list(_due().order_by("batch", "next_try_at").values_list("pk", "batch")[:BATCH])
    if not due:
        return 0
    connection = get_connection()
    try:
        for message_id, batch in due:
            if (stop and stop.is_set()) or (batch and _due().filter(batch="").exists()):
                break
            connection.open()
            deliver(message_id, connection)
    finally:
        _close(connection)
    return len(due)


def deliver(message_id: UUID, connection: BaseEmailBackend) -> bool:
    """Deliver one message if it is due and nobody else has it; whether it was sent.

    A failure is recorded on the message and never raised, unless the database is away.
    """
    message = _take(message_id)
    if message is None:
        return False
    try:
        content = bytes(message.mime) if message.mime else _render(message)
        connection.send_messages([StoredMail(content, sender=settings.DEFAULT_FROM_EMAIL, to=message.to)])
    except DATABASE_AWAY:
        raise
    except LeaseLostError:
        return False
    except Exception as error:  # noqa: BLE001 - one mail's trouble must not stop the others
        _close(connection)
        _failed(message, error)
        return False
    insist(lambda: _sent(message))
    return True


def _due() -> QuerySet[Message]:
    return Message.objects.filter(free(), state=Message.State.QUEUED, next_try_at__lte=timezone.now())


def _take(message_id: UUID) -> Message | None:
    """The message under a lease of ours, or None. Its number of attempts names the lease."""
    lease_until = timezone.now() + LEASE
    if not _due().filter(pk=message_id).update(lease_until=lease_until, attempts=F("attempts") + 1):
        return None
    message = Message.objects.get(pk=message_id)
    if message.attempts <= MAX_ATTEMPTS:
        return message
    # Each attempt ended with the worker's death, so none could record its failure.
    _ours(message).update(state=Message.State.DEAD, lease_until=None, last_error="the worker died each time")
    return None


def _ours(message: Message) -> QuerySet[Message]:
    """The row, as long as no other worker took it after us."""
    return Message.objects.filter(pk=message.pk, state=Message.State.QUEUED, attempts=message.attempts)


def _render(message: Message) -> bytes:
    """Render, and keep the bytes for every later attempt.

    Raises `LeaseLostError`, and whatever the renderer raises.
    """
    renderers: Mapping[str, Renderer] = import_string(settings.OUTBOX_RENDERERS)
    with translation.override(message.language):
        rendered = renderers[message.kind](message)
    content = stamp(message, rendered)
    in_time = _ours(message).filter(lease_until__gt=timezone.now())
    if not in_time.update(mime=content, lease_until=timezone.now() + LEASE):
        raise LeaseLostError
    return content


def _sent(message: Message) -> None:
    # Whoever has the lease by now: the server took the mail, so nobody should send it again. The bytes hold
    # personal links, which the database keeps no longer than it must.
    Message.objects.filter(pk=message.pk).update(
        state=Message.State.SENT, sent_at=timezone.now(), lease_until=None, last_error="", mime=None
    )


def _failed(message: Message, error: Exception) -> None:
    """Try later, or give up: the address was refused, or the attempts are used up."""
    words = in_words(error, to=message.to)
    given_up = refused_for_good(error) or message.attempts >= MAX_ATTEMPTS
    logger.warning("mail %s failed at attempt %s: %s", message.pk, message.attempts, words)
    chance = random.random()  # noqa: S311 - spreads load, hides nothing
    changes = {
        "state": Message.State.DEAD if given_up else Message.State.QUEUED,
        "next_try_at": timezone.now() + delay(message.attempts, chance),
        "lease_until": None,
        "last_error": words,
    }
    insist(lambda: _ours(message).update(**changes))


def _close(connection: BaseEmailBackend) -> None:
    """Forget a connection that may be broken; the next mail opens a new one."""
    with suppress(OSError):
        connection.close()
