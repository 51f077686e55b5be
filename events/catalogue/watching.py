"""Tells whoever shows an event that it looks different; the project names who hears it."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from .selectors import turned_between

LOOKS_BACK = dt.timedelta(minutes=10)
"""So far the clock may be late without a turn being missed. Telling twice does no harm."""


def tell(event_id: int) -> None:
    """Say to `settings.EVENT_WATCHER`, once the transaction is done, that this event looks different.

    What goes wrong there is logged, and nothing that was done is undone.
    """
    watcher = import_string(settings.EVENT_WATCHER)

    # Named, not a partial: Django's log of what goes wrong asks for its name.
    def say() -> None:
        watcher(event_id)

    transaction.on_commit(say, robust=True)


def tell_of_turns() -> int:
    """Tell of the events that time alone changed a moment ago; how many."""
    now = timezone.now()
    turned = turned_between(now - LOOKS_BACK, now)
    for event in turned:
        tell(event.pk)
    return len(turned)
