"""Queueing a mail in the transaction that it tells about, and trying again what was given up."""

import uuid
from typing import Any

from django.utils import timezone

from .mime import stamp
from .models import Message
from .rendering import Rendered


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
