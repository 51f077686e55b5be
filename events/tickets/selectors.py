"""Reads of tickets: what a code opens, and what a ticket says."""

from ..catalogue.models import Event
from ..registration.models import Registration
from .models import Ticket


def ticketed_registration(registration_id: int) -> Registration:
    """The registration with all that its ticket prints, in one query.

    Raises `Registration.DoesNotExist` when it has no ticket that still opens the door.
    """
    return Registration.objects.select_related("ticket", "event", "category", "country", "rppo").get(
        pk=registration_id, ticket__revoked_at__isnull=True, ticket__isnull=False
    )


def event_of_code(code: str) -> Event | None:
    """The event of a ticket's code, revoked or not, or None; nothing about the person."""
    return Event.objects.select_related("family").filter(registrations__ticket__code=code).first()


def valid_code(registration: Registration) -> str:
    """The code that opens the door for this registration, or nothing."""
    codes = Ticket.objects.filter(registration=registration, revoked_at__isnull=True).values_list(
        "code", flat=True
    )
    return codes.first() or ""
