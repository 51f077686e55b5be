"""The kinds of mail that a person gets about a registration, as staff reads them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAIL_NAMES: dict[str, str | Promise] = {
    "confirmation": _("Confirmation with the ticket"),
    "nominated": _("Nomination, to be confirmed"),
    "pending": _("Received, waiting for approval"),
    "waiting": _("On the waiting list"),
    "offered": _("A place is offered"),
    "lapsed": _("The offer has lapsed"),
    "refused": _("Not approved"),
    "withdrawn": _("Withdrawn"),
    "cancelled": _("Cancelled"),
    "replaced": _("Replaced by another person"),
    "event-postponed": _("The event is postponed"),
    "event-cancelled": _("The event is cancelled"),
    "event-renamed": _("The event has a new title"),
    "event-moved": _("The event is moved"),
    "mailing": _("Mailing"),
    "reminder": _("Reminder"),
}
