"""Issuing and revoking tickets."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from ..catalogue.models import Event
from ..registration.models import Registration
from .code import new_code
from .models import Ticket


def issue_ticket(*, registration: Registration) -> Ticket:
    """Give a confirmed registration its code. Must run in the confirming transaction."""
    return Ticket.objects.create(registration=registration, code=new_code())


@transaction.atomic
def reissue_ticket(*, registration: Registration) -> None:
    """A new code in place of the one that somebody else may hold; revoked stays revoked, none stays none."""
    Ticket.objects.filter(registration=registration).update(code=new_code(), issued_at=timezone.now())


@transaction.atomic
def revoke_ticket(*, registration: Registration) -> None:
    """The code opens no door any more; the row stays for the record."""
    Ticket.objects.filter(registration=registration, revoked_at__isnull=True).update(
        revoked_at=timezone.now()
    )


def revoke_tickets_of(*, registrations: Collection[int]) -> int:
    """The same for many, by their primary keys; how many codes opened doors. One query."""
    valid = Ticket.objects.filter(registration__in=registrations, revoked_at__isnull=True)
    return valid.update(revoked_at=timezone.now())


@transaction.atomic
def revoke_tickets(*, event: Event) -> int:
    """No code of the event opens a door any more; how many did."""
    valid = Ticket.objects.filter(registration__event=event, revoked_at__isnull=True)
    return valid.update(revoked_at=timezone.now())
