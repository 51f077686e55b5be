"""Clearing away thousands of registrations that no person sent: records stay, nobody is written to."""

from collections.abc import Iterator, Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from ..outbox.services import take_out_many
from ..registration.junk import BATCH, cancel_junk
from ..registration.models import Registration
from ..registration.states import LASTS, State
from ..tickets.services import revoke_tickets_of


def clear_junk(*, keys: Sequence[int], user: AbstractBaseUser) -> int:
    """Cancel those of these registrations that have not ended, in batches; how many were.

    A kill between two batches leaves whole registrations; the same call goes on where it stopped. Who
    waits is cancelled first, so that no place that gets free is offered to junk; the clock offers them.
    """
    return sum(len(_clear(batch, user)) for batch in _batches(keys))


def _batches(keys: Sequence[int]) -> Iterator[list[int]]:
    mine = dict.fromkeys(keys)
    lasting = Registration.objects.filter(state__in=LASTS).order_by("pk").values_list("pk", "state")
    known = [(pk, state) for pk, state in lasting.filter(pk__lte=max(mine, default=0)) if pk in mine]
    ordered = [pk for pk, state in known if state == State.WAITING]
    ordered += [pk for pk, state in known if state != State.WAITING]
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]


@transaction.atomic
def _clear(keys: Sequence[int], user: AbstractBaseUser) -> list[Registration]:
    """One batch: the state, the ticket, and the mails that were still to go."""
    cancelled = cancel_junk(keys=keys, user=user)
    revoke_tickets_of(registrations=[row.pk for row in cancelled])
    for event in {row.event_id for row in cancelled}:
        about = [row.pk for row in cancelled if row.event_id == event]
        take_out_many(name="registration", keys=about, event_id=event)
    return cancelled
