"""Questions that are answered in one's own words: texts, addresses, numbers, days."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms

from ...catalogue.dates import one_day
from ...typed.fields import Day, EmailAddress, Paragraphs, TextLine
from ...typed.numbers import TelephoneNumber, WholeNumber
from .base import AnswerType, common

if TYPE_CHECKING:
    from ..models import Question

LINE_LENGTH, TEXT_LENGTH, LONGEST = 200, 2_000, 5_000


def longest(question: "Question", standing: int) -> int:
    """How many characters an answer may have: as staff say, else `standing`."""
    return min(question.maximum or standing, LONGEST)


class ShortText(AnswerType):
    """One line."""

    bounds = frozenset({"maximum"})

    def field(self, question: "Question", kept: Any = None) -> forms.Field:
        """One line in any script."""
        return TextLine(longest=longest(question, LINE_LENGTH), **common(question))


class LongText(AnswerType):
    """Several lines."""

    bounds = frozenset({"maximum"})

    def field(self, question: "Question", kept: Any = None) -> forms.Field:
        """Paragraphs in any script."""
        return Paragraphs(longest=longest(question, TEXT_LENGTH), **common(question))


class Number(AnswerType):
    """A whole number."""

    bounds = frozenset({"minimum", "maximum"})

    def field(self, question: "Question", kept: Any = None) -> forms.Field:
        """A number within the question's bounds."""
        return WholeNumber(least=question.minimum, most=question.maximum, **common(question))

    def value(self, cleaned: Any) -> Any:
        """The number, which may be 0."""
        return cleaned

    def cell(self, question: "Question", value: Any, language: str) -> int:
        """A number, so that a spreadsheet adds it up."""
        return int(value)


class Date(AnswerType):
    """A day."""

    def field(self, question: "Question", kept: Any = None) -> forms.Field:
        """One day."""
        return Day(**common(question))

    def value(self, cleaned: Any) -> Any:
        """As ISO 8601 writes it."""
        return cleaned.isoformat() if cleaned else None

    def words(self, question: "Question", value: Any, language: str) -> str:
        """As the language writes a day."""
        return one_day(dt.date.fromisoformat(value), language)

    def cell(self, question: "Question", value: Any, language: str) -> dt.date:
        """A day, so that a spreadsheet sorts it."""
        return dt.date.fromisoformat(value)


class Phone(AnswerType):
    """A telephone number."""

    def field(self, question: "Question", kept: Any = None) -> forms.Field:
        """A number in any digits."""
        return TelephoneNumber(**common(question))


class Email(AnswerType):
    """An e-mail address."""

    def field(self, question: "Question", kept: Any = None) -> forms.Field:
        """A plain address."""
        return EmailAddress(**common(question))
