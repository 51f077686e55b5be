"""The table of mails: which function renders which kind of message. The outbox reads it by name."""

from collections.abc import Callable

from .access import mails as access
from .delegations import mails as delegations
from .journeys.event_acts import mails as event_acts
from .mailing import mails as mailing
from .outbox.models import Message
from .outbox.rendering import Rendered
from .proposals import mails as proposals
from .registration import invitation_mails, link_mails, waiting_mails
from .registration import mails as registration

RENDERERS: dict[str, Callable[[Message], Rendered]] = {
    "staff-invitation": access.staff_invitation,
    "confirmation": registration.confirmation,
    "nominated": registration.nominated,
    "invitation": invitation_mails.invitation,
    "draft": link_mails.draft,
    "lost-link": link_mails.lost_link,
    "waiting": waiting_mails.waiting,
    "offered": waiting_mails.offered,
    "lapsed": waiting_mails.lapsed,
    "pending": registration.pending,
    "replaced": registration.replaced,
    "refused": registration.refused,
    "withdrawn": registration.withdrawn,
    "cancelled": registration.cancelled,
    "delegation-invitation": delegations.invitation,
    "delegation-for-successor": delegations.for_successor,
    "delegation-handed-over": delegations.handed_over,
    "delegation-successor-notice": delegations.successor_notice,
    "delegation-news": delegations.news,
    "nomination-withdrawn": delegations.nomination_withdrawn,
    "event-postponed": event_acts.of_change,
    "event-cancelled": event_acts.of_change,
    "event-renamed": event_acts.of_change,
    "event-moved": event_acts.of_change,
    "mailing": mailing.mailing,
    "reminder": mailing.reminder,
    "reminder-unfinished": mailing.unfinished,
    "proposal-received": proposals.received,
    "proposal-accepted": proposals.accepted,
    "proposal-refused": proposals.refused,
    "proposal-taken-out": proposals.taken_out,
}
