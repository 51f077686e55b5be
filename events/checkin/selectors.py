"""Reads at the door: gates and devices within reach, the ticket shown, what was scanned so far."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, FilteredRelation, Q, QuerySet

from ..registration.models import Registration
from ..registration.states import State
from ..tickets.code import read_code
from ..tickets.models import Ticket
from .models import Admission, Checkpoint, Device, Gate, Scan
from .result import First, Presented, ScanResult
from .verdicts import Verdict

RECENT = 10


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people passed a checkpoint, and how many are expected."""

    admitted: int
    expected: int


def gates_of(event_ids: Collection[int]) -> QuerySet[Gate]:
    """The gates of these events, with checkpoint and event."""
    return _gates(event_ids).order_by(
        "checkpoint__event__start_date", "checkpoint__event", "checkpoint__name", "name"
    )


def gate_in(gate_id: int, event_ids: Collection[int]) -> Gate | None:
    """The gate, when it belongs to one of these events."""
    return _gates(event_ids).filter(pk=gate_id).order_by("pk").first()


def device_by_token(token: str) -> Device | None:
    """The device that holds `token`, unless it was switched off or its holder has left."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    mine = Q(held_by__isnull=True) | Q(held_by__is_active=True)
    return Device.objects.filter(mine, token_hash=digest, ended_at__isnull=True).first()


def presented_at(checkpoint: Checkpoint, text: str) -> Presented | None:
    """The ticket in what was typed or scanned, with its person's admission here. At most one query."""
    code = read_code(text)
    if code is None:
        return None
    at_this_checkpoint = Q(registration__admissions__checkpoint=checkpoint)
    ticket = (
        Ticket.objects.filter(code=code)
        .select_related("registration__category", "registration__country", "registration__rppo")
        .annotate(here=FilteredRelation("registration__admissions", condition=at_this_checkpoint))
        .annotate(first_at=F("here__at"), first_gate=F("here__scan__gate__name"))
        .first()
    )
    if ticket is None:
        return None
    first = First(ticket.first_at, ticket.first_gate) if ticket.first_at else None
    return Presented(ticket.registration, is_revoked=ticket.revoked_at is not None, first=first)


def result_of(scan: Scan) -> ScanResult:
    """The answer that a scan got before."""
    if scan.registration_id is None:
        return ScanResult(scan.pk, Verdict(scan.verdict), None, None)
    people = Registration.objects.select_related("category", "country", "rppo")
    registration = people.get(pk=scan.registration_id)
    admission = (
        Admission.objects.filter(registration=registration, checkpoint=scan.gate.checkpoint_id)
        .select_related("scan__gate")
        .first()
    )
    first = First(admission.at, admission.scan.gate.name) if admission else None
    return ScanResult(scan.pk, Verdict(scan.verdict), registration, first)


def recent_scans(gate: Gate) -> QuerySet[Scan]:
    """The last scans at this gate, newest first."""
    return Scan.objects.filter(gate=gate).select_related("registration").order_by("-received_at")[:RECENT]


def tally(checkpoint: Checkpoint) -> Tally:
    """The numbers of one checkpoint. Two counts on indexes."""
    expected = Registration.objects.filter(event=checkpoint.event_id, state=State.CONFIRMED).count()
    return Tally(admitted=Admission.objects.filter(checkpoint=checkpoint).count(), expected=expected)


def admission_count() -> int:
    """How many admissions there are, all events together. One query."""
    return Admission.objects.count()


def _gates(event_ids: Collection[int]) -> QuerySet[Gate]:
    return Gate.objects.filter(checkpoint__event__in=event_ids).select_related("checkpoint__event")
