"""Reads of the questions of an event."""

from django.core.cache import caches
from django.db.models import Prefetch

from ..catalogue.models import Category, Event
from .models import Choice, Question, QuestionSet


def question_sets(
    event: Event, *, category: Category | None, moment: QuestionSet.Moment
) -> list[QuestionSet]:
    """The sets that people in `category` are asked at `moment`, in order; None asks for every category's.

    Each with its event, questions and choices, retired ones too. At most four queries, and none when
    this process asked within the last three seconds.
    """
    return [
        each
        for each in sets_of(event)
        if each.moment == moment and (category is None or concerns(each, category))
    ]


def sets_of(event: Event) -> list[QuestionSet]:
    """Every set of the event, as above. Conditions lead to the very questions of these sets."""
    key = f"question-sets:{event.pk}"
    sets: list[QuestionSet] | None = caches["process"].get(key)
    if sets is None:
        sets = read_sets(event)
        caches["process"].set(key, sets)
    for each in sets:
        each.event = event
    return sets


def read_sets(event: Event) -> list[QuestionSet]:
    """The same, as the database has it at this moment."""
    questions = Question.objects.order_by("position", "pk").prefetch_related(
        Prefetch("choices", Choice.objects.order_by("position", "pk"))
    )
    found = list(
        event.question_sets.order_by("position", "pk").prefetch_related(
            Prefetch("questions", questions), "categories"
        )
    )
    _lead_conditions(found)
    return found


def read_set(question_set: QuestionSet) -> QuestionSet:
    """The same for one set: with its conditions, which may lead to other sets of the event."""
    return next(each for each in read_sets(question_set.event) if each.pk == question_set.pk)


def forget_sets(event_id: int) -> None:
    """Read anew in this process. The others do so within three seconds."""
    caches["process"].delete(f"question-sets:{event_id}")


def concerns(question_set: QuestionSet, category: Category) -> bool:
    """Whether people in the category are asked a set that came by `question_sets`. No query."""
    limits = {each.pk for each in question_set.categories.all()}
    return not limits or category.pk in limits


def _lead_conditions(sets: list[QuestionSet]) -> None:
    """Without a query for each condition, and without a second object of one question."""
    by_pk = {question.pk: question for each in sets for question in each.questions.all()}
    for each in sets:
        for question in each.questions.all():
            question.question_set = each
            if question.shown_if_id in by_pk:
                question.shown_if = by_pk[question.shown_if_id]
