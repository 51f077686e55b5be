"""What the list's filters offer, kept in each process: what hardly changes for longer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db.models import Q
from django.utils.translation import get_language

from ...access.roles import Act
from ...catalogue.models import Category, Event, Rppo
from ...catalogue.selectors import countries_by_name
from ...delegations.models import Delegation
from ...questions.models import Question
from ...questions.selectors import sets_of
from ...questions.types import type_of
from ...questions.types.choosing import label_of
from ..steps import number_in
from .sight import events_where, sees_question

Choices = list[tuple[str, str]]

MINUTE = 60
"""In seconds: a new delegation or question is offered as a filter that much later at most."""


@dataclass(frozen=True, slots=True)
class Options:
    """Values and labels of the choices, in order. The last three are of the event chosen, if one is."""

    events: Choices
    categories: Choices
    countries: Choices
    rppos: Choices
    delegations: Choices
    questions: dict[int, Question]
    answers: list[tuple[str, Choices]]


def options(user: Any, event: str) -> Options:
    """What the user may choose from; `event` is the primary key chosen, as the address has it.

    No query when this process offered the same a moment ago.
    """
    language = get_language() or "en"
    rows = _kept(f"of-user:{user.pk}", lambda: _categories_seen(user))
    events = {row.event_id: row.event for row in rows}
    chosen = events.get(number_in(event) or 0)
    of_event = _kept(f"of-event:{chosen.pk}", lambda: _of_event(chosen), MINUTE) if chosen else ([], [])
    questions = [each for each in of_event[1] if chosen and sees_question(user, each, chosen.pk)]
    return Options(
        events=[(str(pk), f"{each} – {each.code}") for pk, each in events.items()],
        categories=_categories(rows, chosen.pk if chosen else None),
        countries=_kept("countries", _countries, 10 * MINUTE),
        rppos=_kept("rppos", _rppos, 10 * MINUTE),
        delegations=of_event[0],
        questions={question.pk: question for question in questions},
        answers=[(str(each.label), _codes(each, language)) for each in questions],
    )


def _kept(what: str, read: Callable[[], Any], seconds: int | None = None) -> Any:
    """What was read a moment ago in this language, or reads it; None is the cache's own time."""
    key = f"list-options:{get_language()}:{what}"
    timeout = {"timeout": seconds} if seconds else {}
    return caches["process"].get_or_set(key, read, **timeout)


def _categories_seen(user: Any) -> list[Category]:
    """Those of the events whose registrations the user sees, the latest event first. One query."""
    seen = events_where(user, Act.SEE_REGISTRATIONS)
    rows = Category.objects.filter(Q() if seen is None else Q(event__in=seen)).select_related("event")
    return list(rows.order_by("-event__start_date", "event__code", "position", "pk"))


def _countries() -> Choices:
    return [(str(row.pk), str(row)) for row in countries_by_name(get_language() or "en")]


def _rppos() -> Choices:
    return [(str(row.pk), row.acronym) for row in Rppo.objects.order_by("acronym")]


def _of_event(event: Event) -> tuple[Choices, list[Question]]:
    """Its delegations, and its questions that are answered by choosing. Five queries."""
    return _delegations(event), [
        question
        for one in sets_of(event)
        for question in one.questions.all()
        if type_of(question.kind).is_chosen
    ]


def _categories(rows: list[Category], chosen: int | None) -> Choices:
    """Those of the chosen event, else all, told apart by their event's code."""
    if chosen:
        return [(str(row.pk), str(row.label)) for row in rows if row.event_id == chosen]
    return [(str(row.pk), f"{row.label} – {row.event.code}") for row in rows]


def _delegations(event: Event) -> Choices:
    rows = Delegation.objects.filter(event=event).select_related("country", "rppo")
    return sorted(((str(row.pk), row.party) for row in rows), key=lambda choice: choice[1].casefold())


def _codes(question: Question, language: str) -> Choices:
    """Every answer that was ever offered."""
    standing = type_of(question.kind).standing
    codes = [choice.code for choice in question.choices.all()] or [code for code, _label in standing]
    return [(f"{question.pk}:{code}", label_of(question, standing, code, language)) for code in codes]
