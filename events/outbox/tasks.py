"""The nudge that a message waits; the message's row decides what is done."""

from django_tasks import task


@task()
def deliver_message(message_id: str) -> None:
    """Deliver one message if nobody else holds it."""
    from .delivery import deliver

    deliver(message_id)
