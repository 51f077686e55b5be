"""Django's register of the domain's models."""

from .access.models import AccessRecord, Invitation, Membership
from .catalogue.models import Category, Country, Event, EventChange, Family, PartyStatus, Rppo
from .checkin.models import Admission, Checkpoint, Device, Gate, Scan
from .once.models import IdempotencyKey
from .outbox.models import Job, Message
from .programme.models import Room, Session, Speaker
from .proposals.models import Proposal
from .registration.models import Counter, Registration, StateChange
from .reports.models import PublishedFigure, RecordedFigure
from .tickets.models import Ticket

__all__ = [
    "AccessRecord",
    "Admission",
    "Category",
    "Checkpoint",
    "Counter",
    "Country",
    "Device",
    "Event",
    "EventChange",
    "Family",
    "Gate",
    "IdempotencyKey",
    "Invitation",
    "Job",
    "Membership",
    "Message",
    "PartyStatus",
    "Proposal",
    "PublishedFigure",
    "RecordedFigure",
    "Registration",
    "Room",
    "Rppo",
    "Scan",
    "Session",
    "Speaker",
    "StateChange",
    "Ticket",
]
