"""Every write at the door: one scan, one row; one person, one admission."""

import datetime as dt
import hashlib
import secrets
import uuid
from collections.abc import Mapping
from contextlib import suppress

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from ..catalogue.models import Event
from ..programme.models import Session
from ..registration.models import Registration
from .models import Admission, Checkpoint, Device, Gate, Scan
from .result import First, Presented, ScanResult, judge
from .selectors import presented_at, result_of
from .verdicts import Verdict

OLDEST = dt.timedelta(days=7)
"""A scan that claims to be older comes from a device whose clock is wrong."""

_RETRIES = 2


class ScanIdReusedError(Exception):
    """The scan's UUID stands for another scan: answer 422."""


def scan(
    *,
    scan_id: uuid.UUID,
    gate: Gate,
    text: str,
    scanned_at: dt.datetime,
    user: AbstractBaseUser | None = None,
    device: Device | None = None,
) -> ScanResult:
    """Judge what was read at `gate`, keep the scan, and admit the person once.

    `scan_id` is made by the client, so that the same scan sent again gets the same answer.
    `scanned_at` is the client's clock and must be aware; it is held between `OLDEST` ago and now.
    Of two gates that scan one person at the same moment the database lets one win; the other tells
    of the winner. The first scan to arrive admits, also when an earlier one comes later from a
    device that was offline.

    Raises `ScanIdReusedError` when `scan_id` stands for another scan.
    """
    row = Scan(
        id=scan_id,
        gate=gate,
        user_id=user.pk if user else None,
        device=device,
        scanned_at=_within_reason(scanned_at),
    )
    for _attempt in range(_RETRIES):
        with suppress(IntegrityError):
            return _judge_and_keep(row, text)
        # Sent before, or another gate was a moment faster.
        stored = Scan.objects.select_related("gate").filter(pk=scan_id).first()
        if stored is not None:
            return _answer_again(stored, row, text)
    return _judge_and_keep(row, text)


@transaction.atomic
def device_create(*, event: Event, label: str, held_by: AbstractBaseUser | None = None) -> tuple[Device, str]:
    """A device for the event's gates and its token, which is shown once and kept as a hash."""
    token = secrets.token_urlsafe(32)
    digest = hashlib.sha256(token.encode()).hexdigest()
    holder = held_by.pk if held_by else None
    return Device.objects.create(event=event, label=label, held_by_id=holder, token_hash=digest), token


@transaction.atomic
def device_end(*, device: Device) -> None:
    """Switch a device off; what it scanned stays."""
    Device.objects.filter(pk=device.pk, ended_at__isnull=True).update(ended_at=timezone.now())


@transaction.atomic
def _judge_and_keep(row: Scan, text: str) -> ScanResult:
    checkpoint = row.gate.checkpoint
    shown = presented_at(checkpoint, text)
    verdict = judge(shown, checkpoint.event_id)
    row.verdict = verdict
    row.registration = _person(shown, checkpoint)
    row.save(force_insert=True)
    if shown is None or row.registration is None:
        return ScanResult(row.pk, verdict, None, None)
    first = shown.first
    if verdict == Verdict.ADMITTED:
        first = First(row.scanned_at, row.gate.name)
        Admission.objects.create(
            checkpoint=checkpoint, registration=shown.registration, scan=row, at=first.at
        )
    return ScanResult(row.pk, verdict, shown.registration, first)


def _answer_again(stored: Scan, row: Scan, text: str) -> ScanResult:
    """The first answer, if `row` is the scan that was stored: the same reading by the same device."""
    fields = ("gate_id", "user_id", "device_id")
    by_another = any(getattr(stored, field) != getattr(row, field) for field in fields)
    checkpoint = row.gate.checkpoint
    person = _person(presented_at(checkpoint, text), checkpoint)
    if by_another or stored.registration_id != (person.pk if person else None):
        raise ScanIdReusedError(stored.pk)
    return result_of(stored)


def _person(shown: Presented | None, checkpoint: Checkpoint) -> Registration | None:
    """Whom a scan is about: nobody for an unknown code and for a badge of another event."""
    is_ours = shown is not None and shown.registration.event_id == checkpoint.event_id
    return shown.registration if shown and is_ours else None


def _within_reason(moment: dt.datetime) -> dt.datetime:
    now = timezone.now()
    return min(max(moment, now - OLDEST), now).astimezone(dt.UTC)


@transaction.atomic
def doors_copy(*, source: Event, event: Event, sessions: Mapping[int, Session]) -> int:
    """Give the event the checkpoints and gates of `source`; how many checkpoints.

    `sessions` are the event's own by the primary key of those of `source`: the checkpoint of a session
    that was not copied stays away. Devices and scans are never copied.
    """
    old = list(source.checkpoints.prefetch_related("gates").order_by("pk"))
    new = {
        each.pk: Checkpoint(
            event=event, name=each.name, session=sessions[each.session_id] if each.session_id else None
        )
        for each in old
        if each.session_id is None or each.session_id in sessions
    }
    Checkpoint.objects.bulk_create(new.values())
    Gate.objects.bulk_create(
        Gate(checkpoint=new[each.pk], name=gate.name)
        for each in old
        if each.pk in new
        for gate in each.gates.all()
    )
    return len(new)
