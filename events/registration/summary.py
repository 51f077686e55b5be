"""A registration's answers in words, in the order of the form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from ..catalogue.texts import LANGUAGES
from ..questions.answers import in_words
from ..questions.models import Question
from .models import Registration


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `field` is the form's field that holds it, empty when it cannot be changed there."""

    field: str
    label: str
    words: str
    page: int | None = None
    """A question of the page that asks it; None: the standing page."""


def answers_in_words(registration: Registration) -> list[Answer]:
    """What the person answered; unanswered questions stay away. Also of a registration not yet saved."""
    answers = [
        Answer("category", _("How you take part"), str(registration.category)),
        Answer("name", _("Name as on your badge"), registration.name),
        Answer("email", _("E-mail address"), registration.email),
        Answer("representing", _("You represent"), _represented(registration)),
        Answer("function", _("Function or job title"), registration.function),
        Answer("gender", _("Gender"), registration.gender_described or registration.get_gender_display()),
        Answer("nationality", _("Nationality"), str(registration.nationality or "")),
        Answer("languages", _("Languages you speak"), _languages(registration.languages)),
        Answer("language", _("Language of our mails to you"), LANGUAGES[registration.language]),
    ]
    return [answer for answer in answers if answer.words]


def answers_to_questions(questions: Iterable[Question], values: Mapping[int, Any]) -> list[Answer]:
    """The answers to the event's own questions, in the active language."""
    language = get_language() or "en"
    return [
        Answer(f"q{each.pk}", each.label.text(), in_words(each, values[each.pk], language), each.pk)
        for each in questions
        if each.pk in values
    ]


def _represented(registration: Registration) -> str:
    return registration.representing_label or pgettext("representing no organization", "Myself")


def _languages(codes: list[str]) -> str:
    return _(", ").join(LANGUAGES[code] for code in codes if code in LANGUAGES)
