"""The kinds of questions: one class each."""

from ..kinds import Kind
from . import choosing, files, looking_up, texts, visa
from .base import AnswerType

TYPES: dict[str, AnswerType] = {
    Kind.TEXT: texts.ShortText(),
    Kind.LONG_TEXT: texts.LongText(),
    Kind.NUMBER: texts.Number(),
    Kind.CHOICE: choosing.OneChoice(),
    Kind.CHOICES: choosing.SeveralChoices(),
    Kind.COUNTRY: looking_up.Country(),
    Kind.DATE: texts.Date(),
    Kind.PHONE: texts.Phone(),
    Kind.EMAIL: texts.Email(),
    Kind.FILE: files.File(),
    Kind.PHOTO: files.Photo(),
    Kind.CONSENT: choosing.Consent(),
    Kind.SESSION: looking_up.Session(),
    Kind.TRAVEL: choosing.TravelSupport(),
    Kind.VISA: visa.Visa(),
    Kind.DIET: choosing.Diet(),
    Kind.ACCESSIBILITY: choosing.Accessibility(),
}


def type_of(kind: str) -> AnswerType:
    """What is known of a kind; KeyError when there is none."""
    return TYPES[kind]
