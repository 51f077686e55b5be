"""What of a person each role sees, field by field: contacts, and answers for registrars only."""

from typing import Any

from ...access.roles import ALLOWED, Act
from ...access.selectors import roles_held
from ...questions.kinds import Kind
from ...questions.models import Question
from ..answering import answers_of
from ..dossier import Answer
from ..models import Registration

_CONTACTS = frozenset({Kind.PHONE, Kind.EMAIL})


def events_where(user: Any, act: Act) -> frozenset[int] | None:
    """The events in which the user may do `act`, by the roles read once a request; None is all of them."""
    if user.is_superuser:
        return None
    return frozenset(event for event, role in roles_held(user) if role in ALLOWED[act])


def allows(user: Any, act: Act, event_id: int) -> bool:
    """Whether the user may do `act` in this event. No query beside that of `roles_held`."""
    events = events_where(user, act)
    return events is None or event_id in events


def sees_contacts(user: Any, event_id: int) -> bool:
    """Whether the user sees how to reach the people of this event."""
    return allows(user, Act.SEE_CONTACTS, event_id)


def sees_question(user: Any, question: Question, event_id: int) -> bool:
    """Whether the user sees the answers to this question of the event."""
    if question.visibility == Question.Visibility.REGISTRARS:
        return allows(user, Act.CHANGE_REGISTRATIONS, event_id)
    return question.kind not in _CONTACTS or sees_contacts(user, event_id)


def answers_seen(user: Any, registration: Registration) -> list[Answer]:
    """The answers that the user sees, in the order of the form. One query."""
    return [
        answer
        for answer in answers_of(registration)
        if sees_question(user, answer.question, registration.event_id)
    ]
