"""A registration's answers in words, in the order of the form."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..catalogue.texts import LANGUAGES
from .models import Registration


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `field` is the form's field that holds it, empty when it cannot be changed there."""

    field: str
    label: str
    words: str


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


def _represented(registration: Registration) -> str:
    return registration.representing_label or pgettext("representing no organization", "Myself")


def _languages(codes: list[str]) -> str:
    return _(", ").join(LANGUAGES[code] for code in codes if code in LANGUAGES)
