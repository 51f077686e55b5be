"""The table of mails: which function renders which kind of message. The outbox reads it by name."""

from collections.abc import Callable

from .access import mails as access
from .journeys.event_acts import mails as event_acts
from .outbox.models import Message
from .outbox.rendering import Rendered
from .proposals import mails as proposals
from .registration import mails as registration

RENDERERS: dict[str, Callable[[Message], Rendered]] = {
    "staff-invitation": access.staff_invitation,
    "confirmation": registration.confirmation,
    "nominated": registration.nominated,
    "pending": registration.pending,
    "replaced": registration.replaced,
    "refused": registration.refused,
    "withdrawn": registration.withdrawn,
    "cancelled": registration.cancelled,
    "event-postponed": event_acts.of_change,
    "event-cancelled": event_acts.of_change,
    "event-renamed": event_acts.of_change,
    "event-moved": event_acts.of_change,
    "proposal-received": proposals.received,
    "proposal-accepted": proposals.accepted,
    "proposal-refused": proposals.refused,
    "proposal-taken-out": proposals.taken_out,
}
