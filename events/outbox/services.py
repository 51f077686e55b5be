"""Queueing a mail in the transaction that it tells about."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from .models import Message


def queue(*, kind: str, to: str, language: str, about: dict[str, Any], once: str, event_id: int | None = None) -> Message:
    """Write the message's row; must run inside the transaction that the mail tells about.

    `once` names this mail (for example "confirmed:41"): a second one of the same name raises
    IntegrityError. `about` holds primary keys only. A task is enqueued after the commit as a nudge;
    when it is lost, the clock's sweep finds the row.
    """
    message = Message.objects.create(
        kind=kind, to=to, language=language, about=about, once=once, event_id=event_id, next_try_at=timezone.now()
    )
    transaction.on_commit(lambda: _nudge(message), robust=True)
    return message


def _nudge(message: Message) -> None:
    from .tasks import deliver_message

    deliver_message.enqueue(str(message.pk))
