"""What a condition between two questions may be. Pure."""

from collections.abc import Iterable

from .models import Question, QuestionSet
from .types import type_of

_MOMENTS = {QuestionSet.Moment.REGISTERING: 0, QuestionSet.Moment.APPROVED: 1}


def asked_before(earlier: QuestionSet, later: QuestionSet) -> bool:
    """Whether the set stands before the other one, or is the same."""
    return _place(earlier) <= _place(later)


def runs_in_a_circle(question: Question, condition: Question) -> bool:
    """Whether `question` would wait for itself if it depended on `condition`."""
    seen: set[int] = set()
    current: Question | None = condition
    while current is not None and current.pk not in seen:
        if current.pk == question.pk:
            return True
        seen.add(current.pk)
        current = current.shown_if
    return False


def possible_answers(question: Question) -> list[tuple[str, str]]:
    """Code and label of the answers on which another question may depend, in the active language."""
    kind = type_of(question.kind)
    if not kind.is_chosen:
        return []
    own = [(choice.code, str(choice.label)) for choice in question.choices.all() if not choice.is_retired]
    return own or [(code, str(label)) for code, label in kind.standing]


def asked_too_early(sets: Iterable[QuestionSet]) -> tuple[Question, Question] | None:
    """The first question that comes before the one it depends on, with that one; None when all is well."""
    for each in sets:
        for question in each.questions.all():
            condition = question.shown_if
            if condition is not None and not asked_before(condition.question_set, each):
                return question, condition
    return None


def _place(question_set: QuestionSet) -> tuple[int, int, float]:
    # A set that is not saved yet comes last among its equals.
    moment = _MOMENTS[QuestionSet.Moment(question_set.moment)]
    return moment, question_set.position, question_set.pk or float("inf")
