"""Lists of people that staff register at once: the columns of the export, each cell judged in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..catalogue.models import Category, Country, Event, Rppo
from ..catalogue.texts import LANGUAGES
from ..delegations.lists import MOST_ROWS, ListError, assert_needed, in_any_language, numbered
from ..typed.fields import EmailAddress, TextLine
from ..typed.names import fold
from .models import NAME_LENGTH, Registration
from .states import ENDED

COLUMNS = {
    "reference": gettext_lazy("Reference"),
    "category": gettext_lazy("Category"),
    "name": gettext_lazy("Name as on the badge"),
    "email": gettext_lazy("E-mail"),
    "represents": gettext_lazy("Country, RPPO or organization"),
    "function": gettext_lazy("Function or job title"),
    "gender": gettext_lazy("Gender"),
    "languages": gettext_lazy("Languages spoken"),
    "language": gettext_lazy("Language"),
}
"""The columns that are read, headed as in the export; others are passed over."""

NEEDED = ("category", "name", "email", "represents")
_FIELDS: dict[str, forms.Field] = {
    "name": TextLine(longest=NAME_LENGTH),
    "email": EmailAddress(),
    "represents": TextLine(longest=160),
    "function": TextLine(longest=160, required=False),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell; the row is counted from 1 as spreadsheets do."""

    row: int
    column: str
    words: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to register: the cleaned fields, named as the model's, and the category."""

    row: int
    category: Category
    answers: dict[str, Any]

    @property
    def represents(self) -> str:
        """The country, RPPO or organization, in the active language."""
        return str(self.answers.get("country") or self.answers.get("rppo") or self.answers["organization"])


@dataclass(frozen=True, slots=True)
class Judged:
    """Who can be registered, who is in the event already, and what is wrong."""

    people: list[Person]
    known: list[tuple[int, Registration]]
    faults: list[Fault]


def judged(rows: Sequence[Sequence[str]], event: Event) -> Judged:
    """The people in the rows, the first of which is the heading. Raises `ListError`. Six queries."""
    filled = numbered(rows)
    columns = _columns(filled[0][1]) if filled else {}
    assert_needed(NEEDED, columns, COLUMNS)
    if len(filled) < 2 or len(filled) > MOST_ROWS + 1:
        raise ListError(_("A list holds between 1 and %(most)d people.") % {"most": MOST_ROWS})
    lines = [
        (number, {name: row[place].strip() if place < len(row) else "" for name, place in columns.items()})
        for number, row in filled[1:]
    ]
    return _Judge(event).judge(lines)


def _columns(heading: Sequence[str]) -> dict[str, int]:
    """Where each column stands, by its heading in any of the six languages."""
    known = in_any_language(COLUMNS)
    places = ((known.get(fold(cell.strip())), place) for place, cell in enumerate(heading))
    return {name: place for name, place in reversed(list(places)) if name}


class _Judge:
    """Reads what the cells are compared with once, then judges line by line."""

    def __init__(self, event: Event) -> None:
        there = list(event.registrations.only("reference", "email_folded", "state", "name").order_by("pk"))
        self.by_mail = {row.email_folded: row for row in there if row.state not in ENDED}
        self.by_reference = {row.reference: row for row in there}
        self.categories = _by_names((each, each.label) for each in event.categories.all())
        self.countries = _by_names((each, each.name) for each in Country.objects.all())
        self.countries |= {fold(each.iso2): each for each in set(self.countries.values())}
        rppos = list(Rppo.objects.all())
        self.rppos = _by_names((each, each.name) for each in rppos)
        self.rppos |= {fold(name): each for each in rppos for name in (each.acronym, str(each))}
        self.languages = {fold(name): code for code, name in LANGUAGES.items()} | {
            fold(code): code for code in LANGUAGES
        }
        self.genders = _labels(dict(Registration.Gender.choices))
        self.faults: list[Fault] = []

    def judge(self, lines: Iterable[tuple[int, dict[str, str]]]) -> Judged:
        """Every line; the same address twice in the list is a fault of the second."""
        people, known, rows_of = [], [], dict[str, int]()
        for number, cells in lines:
            address = fold(cells["email"])
            there = self.by_reference.get(cells.get("reference", "").upper()) or self.by_mail.get(address)
            if there:
                known.append((number, there))
                continue
            if address in rows_of:
                words = _("The same address stands in row %(row)d.") % {"row": rows_of[address]}
                self._fault(number, "email", words)
            rows_of.setdefault(address, number)
            if person := self._person(number, cells):
                people.append(person)
        return Judged(people, known, self.faults)

    def _person(self, number: int, cells: Mapping[str, str]) -> Person | None:
        before = len(self.faults)
        told = {name: self._cleaned(number, name, cells.get(name, "")) for name in _FIELDS}
        words = _("There is no such category in this event.")
        category = self._one_of(number, "category", cells["category"], self.categories, words)
        words = _("Write one of the six languages of the site.")
        language = self._one_of(number, "language", cells.get("language") or "en", self.languages, words)
        spoken = [
            self._one_of(number, "languages", each.strip(), self.languages, words)
            for each in cells.get("languages", "").replace("،", ",").replace("、", ",").split(",")
            if each.strip()
        ]
        words = _("Write the gender as in our template, or leave it empty.")
        gender = cells.get("gender") or Registration.Gender.NOT_SAID
        gender = self._one_of(number, "gender", gender, self.genders, words)
        if len(self.faults) > before:
            return None
        represented = self._represented(told.pop("represents"))
        own = {"language": language, "languages": spoken, "gender": gender}
        return Person(number, category, {**told, **represented, **own})

    def _represented(self, words: str) -> dict[str, Any]:
        """A country, an RPPO, or any other organization."""
        of = Registration.Representing
        if country := self.countries.get(fold(words)):
            return {"representing": of.COUNTRY, "country": country}
        if rppo := self.rppos.get(fold(words)):
            return {"representing": of.RPPO, "rppo": rppo}
        return {"representing": of.ORGANIZATION, "organization": words}

    def _cleaned(self, number: int, name: str, cell: str) -> str:
        try:
            return str(_FIELDS[name].clean(cell))
        except ValidationError as error:
            for words in error.messages:
                self._fault(number, name, words)
        return ""

    def _one_of(self, number: int, name: str, cell: str, known: Mapping[str, Any], words: str) -> Any:
        found = known.get(fold(cell))
        if found is None:
            self._fault(number, name, words)
        return found

    def _fault(self, number: int, name: str, words: str) -> None:
        self.faults.append(Fault(number, str(COLUMNS[name]), words))


def _by_names(rows: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    """Each row by its name in each language."""
    return {fold(row_name): row for row, names in rows for row_name in map(names.text, LANGUAGES)}


def _labels(labels: Mapping[str, Any]) -> dict[str, str]:
    """Each code by itself and by its label in each language."""
    return in_any_language(labels) | {fold(code): code for code in labels}
