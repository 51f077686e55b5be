"""Writes to the questions of events."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.text import slugify

from ..catalogue.models import Category, Event
from .models import KEY_LENGTH, Choice, Question, QuestionSet
from .selectors import forget_sets, read_sets

SET_FIELDS = ("title", "introduction", "moment", "position")
QUESTION_FIELDS = (
    "key",
    "kind",
    "label",
    "hint",
    "is_required",
    "minimum",
    "maximum",
    "shown_if_values",
    "purpose",
    "retention_days",
    "visibility",
    "is_retired",
    "position",
)
CHOICE_FIELDS = ("code", "label", "is_retired", "position")


class CopyError(Exception):
    """The set cannot be copied: `keys` are taken in the event, or missing there for a condition."""

    def __init__(self, *, taken: Sequence[str] = (), missing: Sequence[str] = ()) -> None:
        super().__init__(", ".join((*taken, *missing)))
        self.taken, self.missing = taken, missing


@transaction.atomic
def choices_add(*, question: Question, labels: Sequence[str]) -> list[Choice]:
    """Add choices with these English labels after those that there are, each with a code of its own."""
    known = list(question.choices.values_list("code", "position"))
    codes = {code for code, _position in known}
    first = max((position for _code, position in known), default=-1) + 1
    made = []
    for position, label in enumerate(labels, first):
        code = _free_code(label, codes)
        codes.add(code)
        made.append(Choice(question=question, code=code, label={"en": label}, position=position))
    Choice.objects.bulk_create(made)
    forget_sets(question.question_set.event_id)
    return made


@transaction.atomic
def set_copy(*, question_set: QuestionSet, event: Event) -> QuestionSet:
    """The same set in another event: its questions and choices, and its categories of the same letter.

    A condition on a question of another set leads to the question of the same key. Raises `CopyError`.
    """
    there = {each.key: each for each in Question.objects.filter(question_set__event=event)}
    mine = list(question_set.questions.select_related("shown_if").prefetch_related("choices"))
    keys = {each.key for each in mine}
    wanted = {each.shown_if.key for each in mine if each.shown_if}
    if taken := sorted(keys & there.keys()):
        raise CopyError(taken=taken)
    if missing := sorted(wanted - keys - there.keys()):
        raise CopyError(missing=missing)
    copy = _copy_set(question_set, event)
    new = {each.key: _copy_question(each, copy) for each in mine if not each.is_retired}
    _copy_conditions(mine, {**there, **new})
    forget_sets(event.pk)
    return copy


@transaction.atomic
def sets_copy(*, source: Event, event: Event) -> int:
    """Every set of `source` in its next edition, which has none yet; how many."""
    sets = read_sets(source)
    mine = [question for each in sets for question in each.questions.all()]
    new: dict[int, Question] = {}
    for each in sets:
        copy = _copy_set(each, event)
        for question in each.questions.all():
            if not question.is_retired:
                new[question.pk] = _copy_question(question, copy)
    for question in mine:
        if question.pk in new and question.shown_if_id is not None:
            _depend(new[question.pk], new.get(question.shown_if_id))
    forget_sets(event.pk)
    return len(sets)


def _copy_set(question_set: QuestionSet, event: Event) -> QuestionSet:
    copy = QuestionSet.objects.create(
        event=event, **{name: getattr(question_set, name) for name in SET_FIELDS}
    )
    letters = [category.letter for category in question_set.categories.all()]
    copy.categories.set(Category.objects.filter(event=event, letter__in=letters))
    return copy


def _copy_question(question: Question, question_set: QuestionSet) -> Question:
    copy = Question.objects.create(
        question_set=question_set, **{name: getattr(question, name) for name in QUESTION_FIELDS}
    )
    Choice.objects.bulk_create(
        Choice(question=copy, **{name: getattr(choice, name) for name in CHOICE_FIELDS})
        for choice in question.choices.all()
        if not choice.is_retired
    )
    return copy


def _copy_conditions(questions: Sequence[Question], by_key: Mapping[str, Question]) -> None:
    for question in questions:
        if not question.is_retired and question.shown_if is not None:
            _depend(by_key[question.key], by_key.get(question.shown_if.key))


def _depend(question: Question, condition: Question | None) -> None:
    """Without the condition, which is asked no longer, the question is not copied as one for everybody."""
    question.shown_if = condition
    question.is_retired = condition is None
    question.save(update_fields=["shown_if", "is_retired"])


def _free_code(label: str, taken: set[str]) -> str:
    """A code after the label, such as `not-yet`; numbered where it is taken or nothing is left of it."""
    stem = slugify(label)[: KEY_LENGTH - 4].strip("-") or "choice"
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(code for code in numbered if code not in taken)
