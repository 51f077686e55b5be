"""Answers are kept as long as their question says after the event, and no longer."""

import datetime as dt

from django.db.models import Max
from django.utils import timezone

from ..catalogue.models import Event
from ..questions.models import Question
from .dossier import Answer, Upload
from .uploads import forget_uploads

_CHUNK = 2_000


def forget_old_answers(now: dt.datetime | None = None) -> int:
    """Delete the answers, and their files, whose time is over; how many rows.

    An event that waits for new dates is not over. Registrations themselves stay.
    """
    today = (now or timezone.now()).date()
    done = 0
    for question in _long_over(today):
        done += _forget(question)
    return done


def _long_over(today: dt.date) -> list[Question]:
    """The answered questions whose days after the event have passed everywhere on earth. Two queries."""
    shortest = today - dt.timedelta(days=2)
    over = Question.objects.filter(question_set__event__end_date__lt=shortest, answers__isnull=False).exclude(
        question_set__event__state=Event.State.POSTPONED
    )
    last_days = over.annotate(last_day=Max("question_set__event__end_date")).order_by("pk")
    return [
        question
        for question in last_days
        if question.last_day + dt.timedelta(days=question.retention_days + 1) < today
    ]


def _forget(question: Question) -> int:
    """In pieces, so that nobody waits long for what one of them locks."""
    uploads = Upload.objects.filter(question=question)
    gone = forget_uploads(uploads=uploads)
    while pks := list(Answer.objects.filter(question=question).values_list("pk", flat=True)[:_CHUNK]):
        deleted, _kinds = Answer.objects.filter(pk__in=pks).delete()
        gone += deleted
    return gone
