"""Every write to contact points and delegations: one transaction, its mails queued in it."""

import datetime as dt
from collections.abc import Iterable

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from ..catalogue.models import Event
from ..files.storage import extension
from ..outbox.services import queue
from ..typed.names import clean_text
from .models import ContactPoint, Delegation

AGAIN_AFTER = dt.timedelta(minutes=1)
"""Two invitations within this time are a button pressed twice."""

LETTER_KINDS = ("pdf", "jpg", "jpeg", "png")
LETTER_NAME_LENGTH = 120


class JustInvitedError(Exception):
    """The invitation was queued a moment ago."""


class SealedError(Exception):
    """The Secretariat has seen the original: the letter is not exchanged any more."""


@transaction.atomic
def make_delegations(*, event: Event, contact_points: Iterable[ContactPoint]) -> list[Delegation]:
    """A delegation for each contact point whose party has none in the event yet; those are returned.

    A regional plant protection organization stands for itself here; where it nominates for a party
    without a contact point, the Secretariat enters that delegation alone.
    """
    taken = set(event.delegations.values_list("country_id", "rppo_id"))
    new = [point for point in contact_points if (point.country_id, point.rppo_id) not in taken]
    rows = [
        Delegation(event=event, country=point.country, rppo=point.rppo, contact_point=point) for point in new
    ]
    # With their keys, which the counters need: PostgreSQL and SQLite both give them.
    return Delegation.objects.bulk_create(rows)


def needs_approval(*, country_id: int | None, contact_point: ContactPoint) -> bool:
    """Whether somebody else nominates for a party without a contact point."""
    return country_id is not None and contact_point.kind != ContactPoint.Kind.OFFICIAL


@transaction.atomic
def invite(*, delegation: Delegation) -> Delegation:
    """Mail the delegation's link to its contact point, in their language; the same for the second time.

    Raises `JustInvitedError` for a button pressed twice.
    """
    locked = _locked(delegation)
    now = timezone.now()
    if locked.invited_at is not None and now - locked.invited_at < AGAIN_AFTER:
        raise JustInvitedError
    locked.invited_at = now
    locked.save(update_fields=["invited_at"])
    _mail("delegation-invitation", locked, once=f"{now.timestamp():.0f}")
    return locked


@transaction.atomic
def renew_link(*, delegation: Delegation) -> Delegation:
    """Every link sent so far opens nothing any more."""
    locked = _locked(delegation)
    locked.link_version += 1
    locked.save(update_fields=["link_version"])
    return locked


@transaction.atomic
def note_credentials(*, delegation: Delegation, credentials: str) -> Delegation:
    """The credentials are not there, were received, or their original was seen."""
    locked = _locked(delegation)
    locked.credentials = credentials
    locked.save(update_fields=["credentials"])
    return locked


@transaction.atomic
def attach_letter(*, delegation: Delegation, letter: File) -> Delegation:
    """Keep the signed letter, checked by `check_file`, in place of an earlier one. It counts as received.

    Raises `SealedError` once the original was seen.
    """
    locked = _locked(delegation)
    if locked.credentials == Delegation.Credentials.ORIGINAL_SEEN:
        raise SealedError
    storage, before = locked.letter.storage, locked.letter.name
    kind = extension(letter.name or "")
    locked.letter_name = clean_text(letter.name or "")[-LETTER_NAME_LENGTH:] or f"letter.{kind}"
    locked.letter_at = timezone.now()
    locked.credentials = Delegation.Credentials.RECEIVED
    locked.letter.save(f"letter.{kind}", letter, save=False)
    locked.save(update_fields=["letter", "letter_name", "letter_at", "credentials"])
    if before:
        transaction.on_commit(lambda: storage.delete(before))
    return locked


@transaction.atomic
def hand_over(*, delegation: Delegation, name: str, email: str, language: str) -> Delegation:
    """Give the page to a successor: a new link goes to them, the old one opens nothing any more.

    The predecessor is told as well, and leaves office.
    """
    locked = _locked(delegation)
    before = locked.contact_point
    successor = ContactPoint.objects.create(
        kind=before.kind,
        country_id=before.country_id,
        rppo_id=before.rppo_id,
        office=before.office,
        name=name,
        email=email,
        language=language,
        predecessor=before,
    )
    ContactPoint.objects.filter(pk=before.pk).update(is_active=False)
    locked.contact_point = successor
    locked.link_version += 1
    locked.save(update_fields=["contact_point", "link_version"])
    _mail("delegation-for-successor", locked, once=str(successor.pk))
    _mail("delegation-handed-over", locked, once=str(successor.pk), to=before)
    return locked


def _locked(delegation: Delegation) -> Delegation:
    """The row under a lock that lets registrations refer to it meanwhile."""
    return Delegation.objects.select_for_update(no_key=True).get(pk=delegation.pk)


def _mail(kind: str, delegation: Delegation, *, once: str, to: ContactPoint | None = None) -> None:
    reader = to or delegation.contact_point
    queue(
        kind=kind,
        to=reader.email,
        language=reader.language,
        about={"delegation": delegation.pk, "contact_point": reader.pk},
        once=f"{kind}:{delegation.pk}:{once}",
        event_id=delegation.event_id,
    )
