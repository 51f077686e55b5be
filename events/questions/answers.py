"""Answers in words."""

from typing import Any

from .models import Question
from .types import type_of
from .types.base import Cell


def in_words(question: Question, value: Any, language: str) -> str:
    """The answer as a person reads it in `language`; empty when there is none. At most one query."""
    return type_of(question.kind).words(question, value, language) if value is not None else ""


def in_a_cell(question: Question, value: Any, language: str) -> Cell:
    """The answer as an export shows it: numbers and days as such, everything else in words."""
    return type_of(question.kind).cell(question, value, language) if value is not None else ""
