"""Clearing away what no person sent: many at once, without a mail, and without deleting a record."""

from collections import Counter as Counted
from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from .models import Registration, StateChange
from .places import give_places_back
from .services import Actor, hold, write_down_cancelled
from .states import HOLDS_PLACE, LASTS, State

BATCH = 1_000
"""So many are cancelled in one transaction: whoever registers meanwhile waits that long at most."""

JUNK = "junk"
"""The reason in the history."""


@transaction.atomic
def cancel_junk(*, keys: Sequence[int], user: AbstractBaseUser) -> list[Registration]:
    """Cancel those of a batch of registrations that have not ended; returns them as they were.

    Nobody is written to. Rows first, then counters, in the order of every other write; the number of
    queries depends on the events alone, and on the batches of audit lines.
    """
    mine = Registration.objects.filter(pk__in=keys, state__in=LASTS)
    hold(registrations=mine)
    rows = list(mine.order_by("pk").only("state", "event", "category", "delegation"))
    write_down_cancelled(rows, Actor(StateChange.Actor.STAFF, user), reason=JUNK)
    mine.update(state=State.CANCELLED, updated_at=timezone.now())
    _give_back(rows)
    return rows


def _give_back(rows: Sequence[Registration]) -> None:
    held = [row for row in rows if row.state in HOLDS_PLACE]
    for event in sorted({row.event_id for row in held}):
        of_event = (row for row in held if row.event_id == event)
        places = Counted((row.category_id, row.delegation_id) for row in of_event)
        give_places_back(event_id=event, places=places)
