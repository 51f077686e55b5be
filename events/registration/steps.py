"""Which page of the form comes next, and what travels with it. Pure: no request, no database.

The answers travel in the forms themselves. A page is judged once each of its questions has been asked
(`seen` travels too); before that it is shown fresh. So a skipped step only comes back, and an answer that
opens a new question shows that question without blaming anybody for it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from ..questions.models import Question
from ..questions.pages import Page, asked

Pair = tuple[str, str]

MARKS = ("seen", "draft", "invitation")
"""Names of what travels beside the answers and the key."""

_ANSWER = re.compile(r"q([0-9]{1,18})(?:_[a-z_]+)?\Z")
_MOST_SEEN = 500


class Judged(Protocol):
    """A form of questions, as far as the walk needs to know it."""

    def is_valid(self) -> bool:
        """Whether every question that must be is answered well."""

    def values(self) -> dict[int, Any]:
        """The answers by the question's primary key."""


F = TypeVar("F", bound=Judged)


@dataclass(slots=True)
class Walk(Generic[F]):
    """How far somebody is: the complete pages, and the page on which to go on, if one is left."""

    values: dict[int, Any] = field(default_factory=dict)
    forms: list[F] = field(default_factory=list)
    before: int | None = None
    stop: Page | None = None
    questions: list[Question] = field(default_factory=list)
    form: F | None = None

    @property
    def is_complete(self) -> bool:
        """Whether every page is answered."""
        return self.stop is None


def walk(
    pages: Sequence[Page],
    *,
    judge: Callable[[list[Question]], F],
    seen: Collection[int] | None = None,
    until: int | None = None,
    given: Mapping[int, Any] | None = None,
) -> Walk[F]:
    """Walk through the pages in order to the first one that is not complete, or that asks `until`.

    `seen` are the questions asked so far; None judges every page. `given` are answers from elsewhere, on
    which the pages may depend. The page that is stopped at comes with its judged form, or without one when
    it has not been asked yet or is only shown again.
    """
    way: Walk[F] = Walk()
    for page in pages:
        questions = asked(page, {**(given or {}), **way.values})
        if not questions:
            continue
        keys = [question.pk for question in questions]
        way.stop, way.questions = page, questions
        if until in keys or (seen is not None and not set(keys) <= set(seen)):
            return way
        form = judge(questions)
        if not form.is_valid():
            way.form = form
            return way
        way.values |= form.values()
        way.forms.append(form)
        way.before = keys[0]
    way.stop, way.questions = None, []
    return way


def seen_in(text: str) -> frozenset[int]:
    """The questions that `text`, as `seen_as` writes it, names; whatever else stands there is left out."""
    numbers = map(number_in, text.split(",")[:_MOST_SEEN])
    return frozenset(number for number in numbers if number is not None)


def number_in(text: str) -> int | None:
    """The primary key that came back as `text`, if it can be one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def seen_as(seen: Iterable[int]) -> str:
    """The questions asked so far, as they travel."""
    return ",".join(map(str, sorted(seen)))


def answers_in(
    posted: Mapping[str, Sequence[str]], *, without: Collection[int] = (), of: Collection[int]
) -> list[Pair]:
    """The answers to the questions `of` as they were posted, but for those `without`, to travel on unread."""
    return [
        (name, value)
        for name, values in posted.items()
        if (question := question_in(name)) is not None and question in of and question not in without
        for value in values
        if value
    ]


def question_in(name: str) -> int | None:
    """The question whose answer is posted under `name`."""
    found = _ANSWER.match(name)
    return int(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page of which questions are not answered; `is_owed` when one of them must be."""

    page: Page
    question: Question
    is_owed: bool


def open_pages(pages: Iterable[Page], values: Mapping[int, Any]) -> list[OpenPage]:
    """The pages with a question that is asked after the answers `values` and not among them, in order."""
    found = []
    for page in pages:
        missing = [question for question in asked(page, values) if question.pk not in values]
        if missing:
            found.append(OpenPage(page, missing[0], any(question.is_required for question in missing)))
    return found
