"""Django's register of the domain's models."""

from .access.models import AccessRecord, Invitation, Membership, Taken
from .catalogue.models import Category, Country, Event, EventChange, Family, PartyStatus, Rppo
from .checkin.models import Admission, Checkpoint, Device, Gate, Scan
from .delegations.models import ContactPoint, Delegation
from .mailing.models import Mailing, Reminder
from .once.models import IdempotencyKey
from .outbox.models import Job, Message
from .programme.models import Room, Session, Speaker
from .proposals.models import Proposal
from .questions.models import Choice, Question, QuestionSet
from .registration.beginnings import Draft, PersonalInvitation
from .registration.dossier import Answer, Funding, Note, Upload
from .registration.models import Counter, Registration, StateChange
from .reports.models import Export, PublishedFigure, RecordedFigure
from .tickets.models import Ticket

__all__ = [
    "AccessRecord",
    "Admission",
    "Answer",
    "Category",
    "Checkpoint",
    "Choice",
    "ContactPoint",
    "Counter",
    "Country",
    "Delegation",
    "Device",
    "Draft",
    "Event",
    "EventChange",
    "Export",
    "Family",
    "Funding",
    "Gate",
    "IdempotencyKey",
    "Invitation",
    "Job",
    "Mailing",
    "Membership",
    "Message",
    "Note",
    "PartyStatus",
    "PersonalInvitation",
    "Proposal",
    "PublishedFigure",
    "Question",
    "QuestionSet",
    "RecordedFigure",
    "Registration",
    "Reminder",
    "Room",
    "Rppo",
    "Scan",
    "Session",
    "Speaker",
    "StateChange",
    "Taken",
    "Ticket",
    "Upload",
]
