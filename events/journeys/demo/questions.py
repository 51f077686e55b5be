"""What the demonstration symposium asks, and what its generated people answer."""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction

from ...catalogue.models import Category, Event
from ...questions.models import Choice, Question, QuestionSet
from ...questions.pages import Page, asked, pages
from ...questions.selectors import concerns, read_sets
from ...questions.types import type_of
from ...questions.types.choosing import SeveralChoices
from ...registration.answering import worded
from ...registration.dossier import Answer
from ...registration.models import Registration
from ...registration.states import State
from .content import content
from .people import pick

EVENT = "DEMO-EPHYTO"

_ANSWERED_SHARE = 0.9
"""How many of the generated people answer all that they must; the others are reminded."""
_WITHOUT_VISA = 0.7
_STATES = (("connected", 35), ("gens", 25), ("piloting", 15), ("paper", 25))


@transaction.atomic
def add_questions(event: Event) -> None:
    """Give the event its sets of questions."""
    for position, entry in enumerate(content("questions")["set"]):
        fields = {key: value for key, value in entry.items() if key != "question"}
        question_set = QuestionSet.objects.create(event=event, position=position, **fields)
        _add_to(question_set, entry["question"])


def _add_to(question_set: QuestionSet, entries: Sequence[Mapping[str, Any]]) -> None:
    made: dict[str, Question] = {}
    for position, entry in enumerate(entries):
        fields = {key: value for key, value in entry.items() if key not in {"choice", "after", "answers"}}
        question = Question.objects.create(
            question_set=question_set,
            position=position,
            shown_if=made[entry["after"]] if "after" in entry else None,
            shown_if_values=entry.get("answers", []),
            **fields,
        )
        made[question.key] = question
        Choice.objects.bulk_create(
            Choice(question=question, position=place, **choice)
            for place, choice in enumerate(entry.get("choice", ()))
        )


class Answering:
    """The questions of the demonstration, read once, and what people answer to them."""

    def __init__(self, events: Mapping[str, Event]) -> None:
        self.event = events.get(EVENT)
        self._sets = read_sets(self.event) if self.event else []
        self._pages: dict[tuple[int, str], list[Page]] = {}

    def answers_of(self, registration: Registration) -> Iterator[Answer]:
        """What the person answered, not saved; nothing where nothing is asked. The same in every database."""
        if self.event is None or registration.event_id != self.event.pk:
            return
        chance = random.Random(f"Answers {registration.email}")  # noqa: S311 - repeatable on purpose
        moments = [QuestionSet.Moment.REGISTERING]
        if registration.state == State.CONFIRMED:
            moments.append(QuestionSet.Moment.APPROVED)
        for moment in moments:
            if chance.random() < _ANSWERED_SHARE:
                yield from self._walk(registration, moment, chance)

    def _walk(
        self, registration: Registration, moment: QuestionSet.Moment, chance: random.Random
    ) -> Iterator[Answer]:
        values: dict[int, Any] = {}
        for page in self._pages_for(registration.category, moment):
            for question in asked(page, values):
                value = _value(question, registration, chance)
                if value is not None:
                    values[question.pk] = value
                    yield worded(registration, question, value, registration.language)

    def _pages_for(self, category: Category, moment: QuestionSet.Moment) -> list[Page]:
        if (category.pk, moment) not in self._pages:
            mine = (each for each in self._sets if each.moment == moment and concerns(each, category))
            self._pages[category.pk, moment] = pages(mine)
        return self._pages[category.pk, moment]


def _value(question: Question, registration: Registration, chance: random.Random) -> Any:
    """An answer that fits the person: countries answer alike, what need not be answered mostly is not."""
    if question.key == "ephyto-state":
        return _state(registration)
    offered = [choice.code for choice in question.choices.all()] or [
        code for code, _label in type_of(question.kind).standing if code != "other"
    ]
    if not offered:
        return None
    if isinstance(type_of(question.kind), SeveralChoices):
        return chance.sample(offered, chance.choice((0, 0, 1, 1, 2))) or None
    if question.key == "visa-needed" and chance.random() < _WITHOUT_VISA:
        return "no"
    return chance.choice(offered)


def _state(registration: Registration) -> str:
    if registration.country is None:
        return "no-country"
    dice = random.Random(f"ePhyto {registration.country.iso2}")  # noqa: S311 - repeatable on purpose
    return str(pick(dice, _STATES))
