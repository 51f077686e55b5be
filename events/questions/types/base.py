"""What every kind of question knows."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ...catalogue.texts import marked

if TYPE_CHECKING:
    from ..models import Question

Cell = str | int | dt.date


class AnswerType:
    """One kind of question: its form field, and what becomes of what is typed.

    A value is what JSON keeps of an answer; None means unanswered. `bounds` says which bounds staff may
    set, `standing` the choices (code and label) of a question that has none of its own.
    """

    bounds: ClassVar[frozenset[str]] = frozenset()
    needs_choices: ClassVar[bool] = False
    takes_choices: ClassVar[bool] = False
    standing: ClassVar[Sequence[tuple[str, Any]]] = ()

    @property
    def is_chosen(self) -> bool:
        """Whether one answers with codes of choices, of the question's own or of standing ones."""
        return self.takes_choices or bool(self.standing)

    def field(self, question: "Question", kept: Any = None) -> forms.Field:
        """The field that asks; `kept` is the value answered before, which stays possible."""
        raise NotImplementedError

    def value(self, cleaned: Any) -> Any:
        """The JSON value of what the field cleaned."""
        return cleaned or None

    def initial(self, value: Any) -> Any:
        """What the field shows for a value."""
        return value

    def posted(self, name: str, value: Any) -> list[tuple[str, str]]:
        """The value as the form posts it: names and values of hidden fields."""
        return [(name, str(value))]

    def codes(self, value: Any) -> frozenset[str]:
        """The codes that conditions of other questions compare."""
        return frozenset()

    def fitting(self, codes: Sequence[str]) -> Any:
        """A value by which a condition on `codes` holds."""
        return next(iter(codes), None)

    def words(self, question: "Question", value: Any, language: str) -> str:
        """The value as a person reads it, in `language`, which is the active one."""
        return str(value)

    def cell(self, question: "Question", value: Any, language: str) -> Cell:
        """The value in a cell of an export."""
        return self.words(question, value, language)


def common(question: "Question", **messages: str) -> dict[str, Any]:
    """What every field is given: label, hint with purpose, and the words when the answer is missing."""
    missing = _("Answer the question “%(question)s”.") % {"question": question.label.text()}
    return {
        "label": marked(question.label),
        "help_text": _hint(question),
        "required": question.is_required,
        "error_messages": {"required": missing, **messages},
    }


def _hint(question: "Question") -> SafeString:
    hint, purpose = (marked(texts) if texts else "" for texts in (question.hint, question.purpose))
    return format_html("{}<br>{}", hint, purpose) if hint and purpose else format_html("{}{}", hint, purpose)
