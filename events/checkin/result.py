"""What the door answers to a scan, and how it is decided. Pure: no request, no database."""

import datetime as dt
import uuid
from dataclasses import dataclass

from ..registration.models import Registration
from ..registration.states import State
from .verdicts import Verdict


@dataclass(frozen=True, slots=True)
class First:
    """When and at which gate a person was first admitted."""

    at: dt.datetime
    gate: str


@dataclass(frozen=True, slots=True)
class ScanResult:
    """The answer to one scan.

    `registration` is None for an unknown code and for a badge of another event, whose people are not
    this event's business. `first` is the person's admission, this one or the one before.
    """

    scan_id: uuid.UUID
    verdict: Verdict
    registration: Registration | None
    first: First | None


@dataclass(frozen=True, slots=True)
class Presented:
    """The ticket that was shown at a gate, with what is known of its person there."""

    registration: Registration
    is_revoked: bool
    first: First | None


def judge(presented: Presented | None, event_id: int) -> Verdict:
    """The verdict on what was shown at a gate of this event; None stands for a code nobody holds."""
    if presented is None:
        return Verdict.UNKNOWN_CODE
    if presented.registration.event_id != event_id:
        return Verdict.OTHER_EVENT
    if presented.registration.state != State.CONFIRMED:
        return Verdict.NOT_CONFIRMED
    if presented.is_revoked:
        return Verdict.REVOKED
    return Verdict.ALREADY_ADMITTED if presented.first else Verdict.ADMITTED
