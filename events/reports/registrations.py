"""Registrations as a table: a line a person, with the answers to the event's questions as columns."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ..catalogue.models import Country
from ..catalogue.texts import LANGUAGES
from ..programme.models import Session
from ..questions.kinds import Kind
from ..questions.models import Choice, Question
from ..questions.types import type_of
from ..registration.dossier import Answer, Funding
from ..registration.models import Registration
from ..registration.states import State

FIELDS = (
    "reference", "state", "name", "email", "representing", "organization", "function", "gender",
    "gender_described", "languages", "language", "delegation_role", "created_at",
    "event__code", "category__label", "country__name", "rppo__acronym", "rppo__name",
    "delegation__country__name", "delegation__rppo__acronym", "delegation__rppo__name",
    "funding__kind", "funding__source",
)  # fmt: skip
"""What of each row the table shows."""
RELATED = ("event", "category", "country", "rppo", "delegation__country", "delegation__rppo", "funding")
_KEPT_SECONDS = 60

Row = Registration


def _label(choices: type[TextChoices], value: str) -> str:
    """As `get_…_display` says it, which costs five times as much."""
    return str(choices(value).label) if value else ""


def _funding(row: Row) -> Funding:
    return getattr(row, "funding", None) or NOT_DECIDED


NOT_DECIDED = Funding(kind="")

COLUMNS: tuple[tuple[Any, Callable[[Row], str]], ...] = (
    (_("Reference"), lambda row: row.reference),
    (_("Event"), lambda row: row.event.code),
    (_("State"), lambda row: _label(State, row.state)),
    (_("Category"), lambda row: str(row.category.label)),
    (_("Name as on the badge"), lambda row: row.name),
    (_("E-mail"), lambda row: row.email),
    (_("Representing"), lambda row: _label(Row.Representing, row.representing)),
    (_("Country, RPPO or organization"), lambda row: row.representing_label),
    (_("Function or job title"), lambda row: row.function),
    (_("Gender"), lambda row: row.gender_described or _label(Row.Gender, row.gender)),
    (_("Languages spoken"), lambda row: ", ".join(LANGUAGES.get(code, code) for code in row.languages)),
    (_("Language"), lambda row: LANGUAGES.get(row.language, row.language)),
    (_("Delegation"), lambda row: row.delegation.party if row.delegation else ""),
    (_("Role"), lambda row: _label(Row.DelegationRole, row.delegation_role)),
    (_("Funding"), lambda row: _label(Funding.Kind, _funding(row).kind)),
    (_("Source of the money"), lambda row: _funding(row).source),
    (_("Registered"), lambda row: timezone.localtime(row.created_at).strftime("%Y-%m-%d %H:%M")),
)
"""Heading and value of each column that every event has."""

WIDTHS = (16, 16, 22, 22, 28, 30, 24, 30, 26, 14, 22, 12, 24, 14, 18, 22, 17)
"""Of these columns in a workbook, in characters."""


Given = tuple[int, int, Any, str]
"""An answer: the keys of registration and question, the value, and the words as the person wrote them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of some events in the order of their forms, and the labels of their choices."""

    questions: dict[int, Question]
    labels: dict[tuple[int, str], str]


class Table:
    """The lines of one export, in the active language. Questions of the same key share a column."""

    def __init__(self, asked: Asked, answered: Collection[int]) -> None:
        """`answered` are the keys of the questions that get a column."""
        self.questions = {pk: question for pk, question in asked.questions.items() if pk in answered}
        keys = dict.fromkeys(question.key for question in self.questions.values())
        self.places = {key: number for number, key in enumerate(keys)}
        self.labels = asked.labels
        self._names: dict[str, dict[str, str]] = {}

    def heading(self) -> list[str]:
        """The names of the columns: of questions, their keys."""
        return [*(str(heading) for heading, _value in COLUMNS), *self.places]

    def lines(self, rows: Iterable[Row], answers: Iterable[Given]) -> Iterator[list[str]]:
        """One line for each row, whose answers are among `answers`."""
        given: dict[int, list[str]] = {}
        for registration, asked, value, words in answers:
            if question := self.questions.get(asked):
                cells = given.setdefault(registration, [""] * len(self.places))
                cells[self.places[question.key]] = self._cell(question, value, words)
        nothing = [""] * len(self.places)
        for row in rows:
            yield [*(value(row) for _heading, value in COLUMNS), *given.get(row.pk, nothing)]

    def _cell(self, question: Question, value: Any, words: str) -> str:
        """In the words of the reader where the answer is a code, else as the person wrote it."""
        kind = type_of(question.kind)
        if question.kind == Kind.CONSENT:
            return gettext("yes") if value is True else ""
        codes = value if isinstance(value, list) else [value]
        if question.kind in _LOOKED_UP:
            return ", ".join(self._looked_up(question.kind, code) for code in codes)
        if kind.is_chosen:
            standing = dict(kind.standing)
            labels = (self.labels.get((question.pk, code)) or standing.get(code, code) for code in codes)
            return ", ".join(str(label) for label in labels)
        return words

    def _looked_up(self, kind: str, code: str) -> str:
        """A country's name or a session's title; each table is read once, when it is needed first."""
        if kind not in self._names:
            self._names[kind] = _LOOKED_UP[kind]()
        return self._names[kind].get(code, code)


def _country_names() -> dict[str, str]:
    language = get_language() or "en"
    return {row.iso2: row.name.text(language) for row in Country.objects.all()}


def _session_titles() -> dict[str, str]:
    rows = Session.objects.values_list("uid", "title")
    language = get_language() or "en"
    return {str(uid): title.text(language) for uid, title in rows}


_LOOKED_UP: dict[str, Callable[[], dict[str, str]]] = {
    Kind.COUNTRY: _country_names,
    Kind.SESSION: _session_titles,
}


def asked_in(events: Collection[int]) -> Asked:
    """What was ever asked in these events, in the active language. Two queries a minute."""
    language = get_language() or "en"
    key = f"asked-in:{language}:{','.join(map(str, sorted(events)))}"
    kept: Asked | None = caches["process"].get(key)
    if kept is None:
        kept = _read(events, language)
        caches["process"].set(key, kept, _KEPT_SECONDS)
    return kept


def _read(events: Collection[int], language: str) -> Asked:
    questions = Question.objects.filter(question_set__event__in=events)
    ordered = questions.order_by("question_set__moment", "question_set__position", "position", "pk")
    choices = Choice.objects.filter(question__question_set__event__in=events).order_by()
    return Asked(
        questions={question.pk: question for question in ordered},
        labels={
            (question, code): label.text(language)
            for question, code, label in choices.values_list("question_id", "code", "label")
        },
    )


def answers_to(rows: Sequence[Row]) -> list[Given]:
    """The answers of these people. One query."""
    found = Answer.objects.filter(registration__in=[row.pk for row in rows]).order_by()
    return list(found.values_list("registration_id", "question_id", "value", "words"))


def table_of(rows: Sequence[Row]) -> tuple[list[str], Iterator[list[str]]]:
    """Heading and lines of these rows, which have their `RELATED`. One query, and two once a minute."""
    answers = answers_to(rows)
    table = Table(asked_in({row.event_id for row in rows}), {given[1] for given in answers})
    return table.heading(), table.lines(rows, answers)
