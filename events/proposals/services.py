"""Every write to a proposed event: received once, corrected, decided on; each tells the proposer."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..access.limits import Limit, assert_left, client_network, take
from ..catalogue.models import Family
from ..once.services import Outcome, body_hash, run_once
from ..outbox.services import queue
from ..typed.names import fold
from .models import Proposal

State = Proposal.State

A_CLIENT = Limit("proposals of a client", most=10, seconds=3600)
A_CALENDAR = Limit("proposals for a calendar", most=60, seconds=3600)
FOLDED_TITLE_LENGTH = 480

CORRECTABLE = frozenset(
    {
        "title",
        "language",
        "description",
        "start_date",
        "end_date",
        "place",
        "country",
        "workshop_region",
        "level",
        "link",
    }
)
"""What staff may put right. Calendars are told of it once they hold the event."""


class NotAllowedError(Exception):
    """The proposal is in another state by now."""


def admit(*, family: Family, address: str | None) -> None:
    """Count one proposal of the client at this address; raises `TooManyError` beyond what one sends.

    A client that is refused takes nothing from the calendar's own limit, so that it shuts nobody out.
    Must run outside a transaction.
    """
    assert_left(A_CALENDAR, str(family.pk))
    take(A_CLIENT, client_network(address))
    take(A_CALENDAR, str(family.pk))


def propose(*, family: Family, answers: Mapping[str, Any], key: str, form_session: str) -> Outcome:
    """Keep a proposal once for this key and tell its proposer; the outcome's result is its UID.

    `answers` are the cleaned fields of the form, named as the model's. Raises `KeyReusedError`.
    """
    uid = uuid.uuid4()

    def act() -> str:
        proposal = Proposal(family=family, uid=uid, title_folded=_folded(answers["title"]), **answers)
        proposal.save(force_insert=True)
        _tell_received(proposal)
        return str(uid)

    country = answers.get("country")
    meaning = body_hash({**answers, "country": country.pk if country else None})
    return run_once(
        key=key, actor=form_session, address=f"propose:{family.pk}", body=meaning, act=act, expected=str(uid)
    )


@transaction.atomic
def add_accepted(*, proposals: list[Proposal]) -> list[Proposal]:
    """Add events that need no moderation, such as the demonstration's; those of a known UID are left out."""
    known = set(
        Proposal.objects.filter(uid__in=[proposal.uid for proposal in proposals]).values_list(
            "uid", flat=True
        )
    )
    new = [proposal for proposal in proposals if proposal.uid not in known]
    for proposal in new:
        proposal.title_folded = _folded(proposal.title)
        proposal.state, proposal.sequence, proposal.decided_at = State.ACCEPTED, 1, timezone.now()
    return Proposal.objects.bulk_create(new)


@transaction.atomic
def correct(*, proposal: Proposal, changes: Mapping[str, Any]) -> Proposal:
    """Change what staff may put right; calendars that hold the event see a new sequence number."""
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    unknown = changes.keys() - CORRECTABLE
    if unknown:
        raise ValueError(unknown)
    if not changes:
        return locked
    for name, value in changes.items():
        setattr(locked, name, value)
    locked.title_folded = _folded(locked.title)
    if locked.state == State.ACCEPTED:
        locked.sequence += 1
    locked.save()
    return locked


def accept(*, proposal: Proposal, user: AbstractBaseUser | None) -> Proposal:
    """Show the event in the calendar and tell its proposer where. Raises `NotAllowedError`."""
    return _decide(proposal, State.ACCEPTED, {State.WAITING, State.REFUSED}, user, mail="proposal-accepted")


def refuse(*, proposal: Proposal, user: AbstractBaseUser | None, reason: str) -> Proposal:
    """Do not show the event, and tell its proposer why. Raises `NotAllowedError`."""
    return _decide(proposal, State.REFUSED, {State.WAITING}, user, mail="proposal-refused", reason=reason)


def discard(*, proposal: Proposal, user: AbstractBaseUser | None) -> Proposal:
    """Refuse what is no event at all. Nobody is told: the address may be a stranger's.

    Raises `NotAllowedError`.
    """
    return _decide(proposal, State.REFUSED, {State.WAITING}, user)


def take_out(*, proposal: Proposal, user: AbstractBaseUser | None, reason: str) -> Proposal:
    """Take an accepted event out of the calendar; feeds cancel it, its proposer is told why.

    Raises `NotAllowedError`.
    """
    return _decide(proposal, State.REFUSED, {State.ACCEPTED}, user, mail="proposal-taken-out", reason=reason)


@transaction.atomic
def _decide(
    proposal: Proposal,
    state: Proposal.State,
    from_states: set[Proposal.State],
    user: AbstractBaseUser | None,
    *,
    mail: str = "",
    reason: str = "",
) -> Proposal:
    """Change the state. `sequence` counts what calendars were told: 0 means that none knows the event."""
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if locked.state not in from_states:
        raise NotAllowedError
    if State.ACCEPTED in {state, locked.state}:
        locked.sequence += 1
    locked.state, locked.reason = state, reason
    locked.decided_by_id, locked.decided_at = user.pk if user else None, timezone.now()
    locked.save()
    if mail:
        _queue(mail, locked, once=f"{mail}:{locked.pk}:{locked.sequence}")
    return locked


def _tell_received(proposal: Proposal) -> None:
    """Queue the mail, once an hour for each address: whoever types it may not be its owner."""
    address = salted_hmac("events.proposals", proposal.proposer_email.casefold(), algorithm="sha256")
    once = f"proposal-received:{address.hexdigest()}:{timezone.now():%Y%m%d%H}"
    try:
        with transaction.atomic():
            _queue("proposal-received", proposal, once=once)
    except IntegrityError:
        return


def _queue(kind: str, proposal: Proposal, *, once: str) -> None:
    queue(
        kind=kind,
        to=proposal.proposer_email,
        language=proposal.language,
        about={"proposal": proposal.pk},
        once=once,
    )


def _folded(title: str) -> str:
    """The title for searching, as far as the column holds it."""
    return fold(title)[:FOLDED_TITLE_LENGTH]
