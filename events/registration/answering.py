"""Answers of a registration: kept with the words of their day, counted, and missed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from ..questions.answers import in_words
from ..questions.kinds import FILES, Kind
from ..questions.models import Question, QuestionSet
from ..questions.types import type_of
from .dossier import Answer, Upload
from .models import Registration
from .states import ENDED, HOLDS_PLACE, State
from .uploads import forget_uploads


@transaction.atomic
def keep_answers(
    *,
    registration: Registration,
    questions: Iterable[Question],
    values: Mapping[int, Any],
    is_new: bool = False,
) -> None:
    """Keep the `values` (by primary key) of `questions`: all those of the pages, asked or not.

    What is not in `values` is unanswered now: an earlier answer goes. An answer that stays the same
    keeps the words in which it was asked and given. Files are attached, replaced ones deleted. Raises
    `Upload.DoesNotExist` when a file is not to be had; nothing is kept then. A registration that `is_new`
    has no earlier answers, and they are not looked for.
    """
    by_pk = {question.pk: question for question in questions}
    before = {} if is_new else dict(_values(registration, by_pk))
    changed = {pk: value for pk, value in values.items() if pk in by_pk and before.get(pk) != value}
    language = get_language() or "en"
    _upsert([worded(registration, by_pk[pk], value, language) for pk, value in changed.items()])
    gone = before.keys() - values.keys()
    if gone:
        registration.answers.filter(question__in=gone).delete()
    _attach(registration, by_pk, changed, gone)


def worded(registration: Registration, question: Question, value: Any, language: str) -> Answer:
    """The answer, not saved, with the words in which it is asked and given in `language`."""
    return Answer(
        registration=registration,
        question=question,
        value=value,
        asked=question.label.text(language),
        words=in_words(question, value, language),
        language=language,
    )


def answers_of(registration: Registration) -> list[Answer]:
    """The answers in the order of the form, each with its question and set. One query."""
    return list(registration.answers.select_related("question__question_set"))


def values_of(registration: Registration) -> dict[int, Any]:
    """The values by the question's primary key: for conditions, and to fill a form. One query."""
    return dict(registration.answers.values_list("question_id", "value"))


def missing_answers(registrations: QuerySet[Registration]) -> QuerySet[Registration]:
    """Those, not ended, who lack an answer that they owe: at once, or once they are confirmed.

    One query to build; its cost grows with the questions that depend on another one.
    """
    required = Question.objects.filter(is_required=True, is_retired=False)
    conditional = required.filter(shown_if__isnull=False, shown_if__is_retired=False).select_related(
        "shown_if"
    )
    events = registrations.order_by().values("event")
    missed = Q(Exists(_unanswered(required.filter(shown_if=None))))
    for question in conditional.filter(question_set__event__in=events):
        missed |= Q(_met(question)) & Q(Exists(_unanswered(Question.objects.filter(pk=question.pk))))
    return registrations.filter(missed).exclude(state__in=ENDED)


def counts(question: Question) -> dict[str, dict[str, int]]:
    """How many people with a place gave each answer, by country: code of the answer, then ISO code.

    Who represents no country counts as "". One query.
    """
    held = question.answers.filter(registration__state__in=HOLDS_PLACE)
    counted: dict[str, Counter[str]] = {}
    for value, country in held.values_list("value", "registration__country__iso2").order_by():
        for code in type_of(question.kind).codes(value):
            counted.setdefault(code, Counter())[country or ""] += 1
    return {code: dict(by_country) for code, by_country in counted.items()}


def _values(registration: Registration, questions: Iterable[int]) -> Iterable[tuple[int, Any]]:
    return registration.answers.filter(question__in=questions).values_list("question_id", "value")


def _upsert(answers: list[Answer]) -> None:
    if answers:
        Answer.objects.bulk_create(
            answers,
            update_conflicts=True,
            unique_fields=["registration", "question"],
            update_fields=["value", "asked", "words", "language", "at"],
        )


def _attach(
    registration: Registration,
    questions: Mapping[int, Question],
    changed: Mapping[int, Any],
    gone: Iterable[int],
) -> None:
    """Give the registration the new files, and delete those that they replace or that were taken out."""
    files = {pk: changed[pk]["upload"] for pk in changed if questions[pk].kind in FILES}
    if files:
        free = Upload.objects.filter(registration=None, public_id__in=files.values(), question__in=files)
        if free.update(registration=registration) != len(files):
            raise Upload.DoesNotExist
    left = [pk for pk in (*files, *gone) if questions[pk].kind in FILES]
    if left:
        replaced = registration.uploads.filter(question__in=left).exclude(public_id__in=files.values())
        forget_uploads(uploads=replaced)


def _unanswered(questions: QuerySet[Question]) -> QuerySet[Question]:
    """For a query of registrations: those of `questions` that concern the registration and lack an answer."""
    own = Answer.objects.filter(question=OuterRef("pk"), registration=OuterRef(OuterRef("pk")))
    limited = QuestionSet.categories.through.objects.filter(questionset=OuterRef("question_set"))
    mine = limited.filter(category=OuterRef(OuterRef("category")))
    return questions.filter(
        ~Exists(own),
        Q(~Exists(limited)) | Q(Exists(mine)),
        question_set__event=OuterRef("event"),
    ).filter(Q(question_set__moment=QuestionSet.Moment.REGISTERING) | Q(Exists(_confirmed())))


def _confirmed() -> QuerySet[Registration]:
    return Registration.objects.filter(pk=OuterRef(OuterRef("pk")), state=State.CONFIRMED)


def _met(question: Question) -> Exists:
    """For a query of registrations: whether the answer on which `question` depends was given."""
    parent = Answer.objects.filter(question=question.shown_if_id, registration=OuterRef("pk"))
    if question.shown_if and question.shown_if.kind == Kind.CONSENT:
        return Exists(parent.filter(value=True))
    given = Q()
    for code in question.shown_if_values:
        given |= Q(value__icontains=f'"{code}"')  # a list of codes on both databases
    return Exists(parent.filter(given)) if question.shown_if_values else Exists(parent.none())
