"""The pages of a form, and which of their questions are asked. Pure: no request, no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .models import Question, QuestionSet
from .types import type_of


@dataclass(frozen=True, slots=True)
class Page:
    """Questions that are shown together. Their conditions are decided by earlier pages."""

    question_set: QuestionSet
    questions: tuple[Question, ...]


def pages(sets: Iterable[QuestionSet]) -> list[Page]:
    """The sets as pages: a question that depends on one of its own set comes on a following page of it.

    Questions no longer asked are left out, and so is what depends on itself in a circle.
    """
    return [Page(each, layer) for each in sets for layer in _layers(list(each.questions.all()))]


def asked(page: Page, values: Mapping[int, Any]) -> list[Question]:
    """The questions of the page that are asked after the answers `values`, by primary key."""
    return [question for question in page.questions if is_asked(question, values)]


def is_asked(question: Question, values: Mapping[int, Any]) -> bool:
    """Whether every condition on the way to the question holds.

    An answer to a question that is not asked itself counts for nothing.
    """
    seen: set[int] = set()
    while (condition := question.shown_if) is not None:
        if question.pk in seen or not _decided(question, condition, values):
            return False
        seen.add(question.pk)
        question = condition
    return True


def only_asked(
    all_pages: Sequence[Page], values: Mapping[int, Any], before: Mapping[int, Any] | None = None
) -> dict[int, Any]:
    """Of `values`, those of questions that are asked when one walks through the pages in order.

    `before` are answers given earlier, on which the pages may depend.
    """
    walked: dict[int, Any] = {}
    for page in all_pages:
        for question in asked(page, {**(before or {}), **walked}):
            if question.pk in values:
                walked[question.pk] = values[question.pk]
    return walked


def _decided(question: Question, condition: Question, values: Mapping[int, Any]) -> bool:
    if condition.is_retired or condition.pk not in values:
        return False
    given = type_of(condition.kind).codes(values[condition.pk])
    return not given.isdisjoint(question.shown_if_values)


def _layers(questions: list[Question]) -> list[tuple[Question, ...]]:
    """The questions by how many of their own set each of them waits for."""
    by_pk = {question.pk: question for question in questions}
    depths = {question.pk: _depth(question, by_pk) for question in questions if not question.is_retired}
    layers = sorted({depth for depth in depths.values() if depth is not None})
    return [tuple(question for question in questions if depths.get(question.pk) == layer) for layer in layers]


def _depth(question: Question, by_pk: Mapping[int, Question]) -> int | None:
    """How many questions of `by_pk` stand one after the other before this one; None in a circle."""
    passed: set[int] = set()
    while (condition := by_pk.get(question.shown_if_id or 0)) is not None:
        if question.pk in passed:
            return None
        passed.add(question.pk)
        question = condition
    return len(passed)
