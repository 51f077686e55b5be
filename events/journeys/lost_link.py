"""Lost your link? The links of an address are mailed to it."""

import uuid

from django.db import transaction
from django.utils.translation import get_language

from ..catalogue.models import Event
from ..outbox.services import queue


@transaction.atomic
def ask_for_links(*, event: Event, email: str) -> None:
    """Queue a mail to the address, whether or not anybody has registered with it.

    Who is registered is read when the mail is written: asking takes the same time for every address.
    """
    queue(
        kind="lost-link",
        to=email,
        language=get_language() or "en",
        about={"event": event.pk},
        once=f"lost-link:{uuid.uuid4()}",
        event_id=event.pk,
    )
