"""A list of people judged row by row: what is wrong is said in words, at its row and column."""

import json
from collections import Counter as Tally
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from babel import Locale
from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from ...catalogue.texts import LANGUAGES
from ...delegations.lists import COLUMNS, MOST_ROWS, Line
from ...registration.models import Registration
from ...typed.names import fold
from .forms import NomineeForm
from .nominate import Nominee
from .standing import Standing

Role = Registration.DelegationRole

LEFT_OUT = "left_out"


class RowForm(NomineeForm):
    """A row of the list, with what may be chosen in lists: radios would fill the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("role", "category", "language"):
            field = cast(forms.ChoiceField, self.fields[name])
            # A fresh select knows nothing yet of the field's choices.
            offered = cast(list[tuple[str, str]], field.choices)
            field.widget = forms.Select(choices=[("", _("Choose from the list")), *offered])
            field.help_text = ""
        for name in ("name", "email"):
            self.fields[name].help_text = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list, judged. `left_out` is whom the contact point does not nominate after all."""

    number: int
    form: NomineeForm
    left_out: bool

    @property
    def is_faulty(self) -> bool:
        """Whether something stands against this person."""
        return not self.left_out and bool(self.form.errors)

    @property
    def role_label(self) -> str:
        """The role in words, from a row without a fault."""
        return str(Role(self.form.cleaned_data["role"]).label)

    def value(self, field: str) -> str:
        """What the row says there."""
        return str(self.form.data.get(self.form.add_prefix(field), ""))


class BrokenListError(Exception):
    """The list that came back with the page is not one that we made."""


def judge(
    standing: Standing,
    lines: Iterable[Line],
    left_out: frozenset[int] = frozenset(),
    *,
    judged: bool = True,
) -> list[Entry]:
    """Every row as a form that says what is wrong with it, also against the other rows.

    Without `judged`, only each row by itself (see `PersonForm`).
    """
    meanings = _Meanings(standing)
    entries = []
    for line in lines:
        data = {f"{line.number}-{field}": meanings.of(field, cell) for field, cell in line.cells.items()}
        form = RowForm(data, standing=standing, prefix=str(line.number), judged=judged)
        form.is_valid()
        entries.append(Entry(line.number, form, left_out=line.number in left_out))
    if judged:
        _judge_together(standing, [entry for entry in entries if not entry.left_out])
    return entries


def nominees(entries: Iterable[Entry]) -> list[Nominee]:
    """The people of a list without a fault."""
    return [entry.form.nominee() for entry in entries if not entry.left_out]


def as_posted(entries: Iterable[Entry]) -> str:
    """The rows for a hidden field of the page."""
    rows = [[entry.number, {field: entry.value(field) for field in COLUMNS}] for entry in entries]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def as_corrected(posted: Mapping[str, str]) -> tuple[list[Line], frozenset[int]]:
    """The rows that came back with the page, with what was corrected there, and who is left out.

    Raises `BrokenListError`.
    """
    lines = _lines(posted.get("rows", ""))
    corrected = [
        Line(line.number, {field: _corrected(posted, line, field) for field in COLUMNS}) for line in lines
    ]
    return corrected, frozenset(line.number for line in lines if posted.get(f"{line.number}-{LEFT_OUT}"))


def _lines(text: str) -> list[Line]:
    try:
        rows = json.loads(text)
        lines = [Line(int(number), {field: str(cells[field]) for field in COLUMNS}) for number, cells in rows]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise BrokenListError from error
    if not 0 < len(lines) <= MOST_ROWS or len({line.number for line in lines}) != len(lines):
        raise BrokenListError
    return lines


def _corrected(posted: Mapping[str, str], line: Line, field: str) -> str:
    return posted.get(f"{line.number}-{field}", line.cells[field])


def _judge_together(standing: Standing, entries: list[Entry]) -> None:
    _refuse_repeated(entries)
    _refuse_heads(entries)
    _refuse_beyond_places(standing, entries)


def _refuse_repeated(entries: list[Entry]) -> None:
    """Say of each address after the first in which row it stands already."""
    first: dict[str, int] = {}
    for entry in entries:
        email = fold(entry.form.cleaned_data.get("email", ""))
        if email and email in first:
            words = _("The same address stands in row %(row)d. Each person needs their own.")
            entry.form.add_error("email", words % {"row": first[email]})
        elif email:
            first[email] = entry.number


def _refuse_heads(entries: list[Entry]) -> None:
    heads = [entry for entry in entries if entry.form.cleaned_data.get("role") == Role.HEAD]
    for entry in heads[1:]:
        words = _("Row %(row)d has the head of delegation. There can be one.")
        entry.form.add_error("role", words % {"row": heads[0].number})


def _refuse_beyond_places(standing: Standing, entries: list[Entry]) -> None:
    """Of more people than places, refuse the last ones."""
    wanted: Tally[int] = Tally()
    for entry in entries:
        category = entry.form.chosen_category
        if category is None or entry.form.has_error("category"):
            continue
        wanted[category.pk] += 1
        quota = standing.quotas.of(category.pk)
        total = standing.quotas.left
        if quota and quota.left is not None and wanted[category.pk] > quota.left:
            entry.form.add_error("category", _beyond(quota.left))
        elif total is not None and wanted.total() > total:
            entry.form.add_error("category", _beyond(total))


def _beyond(left: int) -> str:
    words = ngettext(
        "Only %(left)d place is left here, and a row before has it.",
        "Only %(left)d places are left here, and rows before have them.",
        left,
    )
    return words % {"left": left}


@cache
def _language_names(language: str) -> dict[str, str]:
    """The six languages as `language` names them (Unicode CLDR), with their codes; `zh-hans` is Chinese."""
    names = Locale.parse(language.partition("-")[0]).languages
    return {str(names[code.partition("-")[0]]): code for code in LANGUAGES}


class _Meanings:
    """What a cell means: codes in place of the words of any of the six languages; what is unknown stays."""

    def __init__(self, standing: Standing) -> None:
        self.known: dict[str, dict[str, str]] = {"role": {}, "category": {}, "language": {}}
        for language in LANGUAGES:
            with override(language):
                self._learn("role", {str(role.label): role.value for role in Role})
            self._learn("language", _language_names(language))
        self._learn("role", {role.value: role.value for role in Role})
        self._learn("language", {name: code for code, name in LANGUAGES.items()})
        self._learn("language", {code: code for code in LANGUAGES} | {"zh": "zh-hans"})
        self._learn("language", {str(name): code for code, name in settings.LANGUAGES})
        for category in standing.categories:
            labels = dict.fromkeys(category.label.values(), category.letter)
            self._learn("category", labels | {category.letter: category.letter})
        self.only = standing.categories[0].letter if len(standing.categories) == 1 else ""
        self.language = standing.delegation.contact_point.language

    def _learn(self, field: str, words: dict[str, str]) -> None:
        self.known[field] |= {fold(word): code for word, code in words.items()}

    def of(self, field: str, cell: str) -> str:
        """The code that the cell means."""
        if not cell:
            return {"language": self.language, "category": self.only}.get(field, "")
        return self.known.get(field, {}).get(fold(cell), cell)
