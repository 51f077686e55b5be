"""Reads of mailings: whom one reaches, how far it is, and which mails went to one person."""

from dataclasses import dataclass

from django.db.models import QuerySet

from ..outbox.models import Message
from ..outbox.selectors import Progress, mails_about, progress_of
from ..registration.models import Registration
from .mail_names import MAIL_NAMES
from .models import Mailing
from .recipients import Choice, people


@dataclass(frozen=True, slots=True)
class SentMail:
    """One mail about a registration: what it was, in words, and the outbox's row."""

    what: str
    message: Message


def batch_of(mailing: Mailing) -> str:
    """The name of its mails in the outbox."""
    return f"mailing:{mailing.pk}"


def recipients_of(mailing: Mailing) -> QuerySet[Registration]:
    """Whom it finds now; of those who registered after the sending began, none."""
    found = people(mailing.event, Choice.stored(mailing.recipients))
    return found.filter(created_at__lte=mailing.started_at) if mailing.started_at else found


def count_people(mailing: Mailing) -> int:
    """How many it finds now. One query, or two."""
    return recipients_of(mailing).count()


def progress(mailing: Mailing) -> Progress:
    """How far its mails are. One query."""
    return progress_of(batch_of(mailing))


def mails_of(registration: Registration) -> list[SentMail]:
    """Every mail that was written about the registration, the newest first. Two queries at most.

    Only for those who may see contacts: the rows hold the address.
    """
    messages = list(mails_about(registration_id=registration.pk, event_id=registration.event_id))
    wanted = {message.about["mailing"] for message in messages if "mailing" in message.about}
    subjects = {row.pk: str(row) for row in Mailing.objects.filter(pk__in=wanted)} if wanted else {}
    return [SentMail(_what(message, subjects), message) for message in messages]


def _what(message: Message, subjects: dict[int, str]) -> str:
    """The mailing's subject, else the kind in words."""
    return subjects.get(message.about.get("mailing", 0)) or str(MAIL_NAMES.get(message.kind, message.kind))
