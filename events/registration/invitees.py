"""Lists of people to invite: pasted lines, a CSV file or a workbook. A row names an address, and maybe more.

The order of the cells does not matter: the address has an @, a language is a code or a name that we know,
and what is left is the name.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..catalogue.texts import LANGUAGES
from ..files.workbook import SIGNATURE, UnreadableError, rows_in
from ..typed.fields import EmailAddress, TextLine
from ..typed.names import fold
from .invitations import Invitee, invited_already, registered_already
from .models import NAME_LENGTH

MOST_BYTES = 1_000_000
MOST_ROWS = 500
_COLUMNS = 10
_SEPARATORS = "\t;,"


class ListError(Exception):
    """The list cannot be read at all; the text says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, numbered from 1 as spreadsheets do."""

    number: int
    cells: list[str]


def rows_of(text: str, content: bytes = b"") -> list[Row]:
    """The rows of what was pasted and of what was uploaded, without empty ones; raises `ListError`."""
    if len(text) > MOST_BYTES or len(content) > MOST_BYTES:
        raise ListError(_("The list is larger than 1 MB. A list of people is much smaller."))
    tables = [_of_text(text), _of_file(content)]
    rows = [
        Row(number, [cell.strip() for cell in cells])
        for table in tables
        for number, cells in enumerate(table, start=1)
        if any(cell.strip() for cell in cells)
    ]
    if len(rows) > MOST_ROWS:
        raise ListError(_("More than %(most)d rows: invite in several parts.") % {"most": MOST_ROWS})
    return rows


def _of_file(content: bytes) -> list[list[str]]:
    if not content:
        return []
    if content.startswith(SIGNATURE):
        try:
            return rows_in(content, most=MOST_ROWS + 2, columns=_COLUMNS)
        except UnreadableError:
            raise ListError(
                _("This file cannot be read. Save it as XLSX without macros, or as CSV.")
            ) from None
    try:
        return _of_text(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ListError(_("This file is not UTF-8. Save it as “CSV UTF-8” or as XLSX.")) from None


def _of_text(text: str) -> list[list[str]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = next((sign for sign in _SEPARATORS if sign in first), ",")
    try:
        return list(csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=separator))
    except csv.Error:
        raise ListError(_("The quotes or separators of this list cannot be read.")) from None


@dataclass(frozen=True, slots=True)
class Judged:
    """Whom to invite, and what is wrong with which row. Nobody is invited while something is."""

    invitees: list[Invitee]
    faults: list[str]


def judge(rows: Sequence[Row], *, event_id: int, language: str) -> Judged:
    """Read the rows for an event; `language` is of who names none. Two queries."""
    people: list[tuple[int, Invitee]] = []
    faults: list[tuple[int, str]] = []
    for row in _without_heading(rows):
        try:
            people.append((row.number, _person(row.cells, language)))
        except ValidationError as error:
            faults.append((row.number, " ".join(error.messages)))
    faults += _known(people, event_id)
    told = [
        _("Row %(number)d: %(fault)s") % {"number": number, "fault": words}
        for number, words in sorted(faults)
    ]
    return Judged([person for _number, person in people], told)


def _without_heading(rows: Sequence[Row]) -> Sequence[Row]:
    """Without a first row of headings, which has no address."""
    is_heading = len(rows) > 1 and not any("@" in cell for cell in rows[0].cells)
    return rows[1:] if is_heading else rows


def _person(cells: Iterable[str], language: str) -> Invitee:
    """Raises ValidationError, in words."""
    known = _languages()
    email, names = "", []
    for cell in filter(None, cells):
        if "@" in cell and not email:
            email = cell
        elif fold(cell) in known:
            language = known[fold(cell)]
        else:
            names.append(cell)
    if not email:
        raise ValidationError(_("There is no e-mail address."))
    name = TextLine(longest=NAME_LENGTH, required=False).clean(" ".join(names))
    return Invitee(name=name, email=EmailAddress().clean(email), language=language)


def _languages() -> dict[str, str]:
    """What a language is called: its code, or its own name."""
    names = {fold(code): code for code in LANGUAGES} | {fold(name): code for code, name in LANGUAGES.items()}
    return names | {"zh": "zh-hans"}


def _known(people: Sequence[tuple[int, Invitee]], event_id: int) -> list[tuple[int, str]]:
    """Who stands in the list twice, is invited already or registered already."""
    addresses = {fold(person.email) for _number, person in people}
    invited, registered = invited_already(event_id, addresses), registered_already(event_id, addresses)
    seen: dict[str, int] = {}
    faults = []
    for number, person in people:
        address = fold(person.email)
        named = {"email": person.email}
        if address in seen:
            faults.append(
                (number, _("%(email)s stands in row %(row)d already.") % (named | {"row": seen[address]}))
            )
        elif address in registered:
            faults.append((number, _("%(email)s is registered already.") % named))
        elif address in invited:
            faults.append((number, _("%(email)s is invited already.") % named))
        seen.setdefault(address, number)
    return faults
