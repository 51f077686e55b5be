"""Lists of nominees as people send them: a workbook, a CSV file, or cells pasted from a spreadsheet.

Nothing of a file is believed: it is bounded first, formulas and macros are refused, and what is left is text.
"""

import csv
import io
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override, pgettext_lazy

from ..catalogue.texts import LANGUAGES
from ..files.workbook import SIGNATURE, MacrosError, UnreadableError, rows_in
from ..typed.names import fold

MOST_BYTES = 1_000_000
MOST_ROWS = 500
_MOST_COLUMNS = 30
_CELL_LENGTH = 400
"""What is longer is refused by every field: the rest of it need not travel."""

COLUMNS = {
    "role": gettext_lazy("Role"),
    "category": gettext_lazy("Category"),
    "name": pgettext_lazy("of a person", "Name"),
    "email": gettext_lazy("E-mail address"),
    "function": gettext_lazy("Function or job title"),
    "language": gettext_lazy("Language"),
}
"""The columns in the order of the template, with their headings."""

NEEDED = ("role", "name", "email")

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_SEPARATORS = "\t;,"


class ListError(Exception):
    """The list cannot be read. The text says why, in the words of the page."""


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list: the row it stands in, counted from 1 as spreadsheets do, and its cells."""

    number: int
    cells: dict[str, str]


def lines_of_file(content: bytes) -> list[Line]:
    """The people in an XLSX or CSV file; raises `ListError`."""
    return _lines(rows_of_file(content))


def lines_of_text(text: str) -> list[Line]:
    """The people in pasted cells; raises `ListError`."""
    return _lines(rows_of_text(text))


def rows_of_file(content: bytes) -> list[list[str]]:
    """The rows of an XLSX or CSV file as they stand there; raises `ListError`."""
    if len(content) > MOST_BYTES:
        raise ListError(_("The file is larger than 1 MB. A list of people is much smaller."))
    if content.startswith(SIGNATURE):
        return _of_workbook(content)
    if content.startswith(_OLD_EXCEL):
        raise ListError(
            _("This is an old or protected Excel file. Save it without a password as XLSX or CSV.")
        )
    return _of_text(_decoded(content))


def rows_of_text(text: str) -> list[list[str]]:
    """The rows of pasted cells; raises `ListError`."""
    if len(text) > MOST_BYTES:
        raise ListError(_("The text is too long. A list of people is much shorter."))
    return _of_text(text)


def _of_workbook(content: bytes) -> list[list[str]]:
    try:
        # One row for the heading, and one more to know that there are too many.
        return rows_in(content, most=MOST_ROWS + 2, columns=_MOST_COLUMNS)
    except MacrosError:
        raise ListError(_("This file holds macros, and we do not open it. Save it as XLSX or CSV.")) from None
    except UnreadableError:
        raise ListError(
            _("This file cannot be read. Save the list as XLSX or CSV, or copy its cells and paste them.")
        ) from None


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise ListError(
            _("The letters of this file cannot be read. Save it as XLSX or as “CSV UTF-8”.")
        ) from None
    if "\0" in text:
        raise ListError(
            _("This file cannot be read. Save the list as XLSX or CSV, or copy its cells and paste them.")
        )
    return text


def _of_text(text: str) -> list[list[str]]:
    text = text.replace("\0", "")
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(row[:_MOST_COLUMNS])
            if len(rows) > MOST_ROWS + 1:
                break
    except csv.Error:
        raise ListError(
            _("The list cannot be read: check its quotation marks, or save it as XLSX.")
        ) from None
    return rows


def _lines(rows: Sequence[Sequence[str]]) -> list[Line]:
    filled = numbered(rows)
    if not filled:
        raise ListError(_("The list is empty."))
    columns = _columns_in(filled[0][1])
    if columns:
        assert_needed(NEEDED, columns, COLUMNS)
        filled = filled[1:]
    lines = list(_people(filled, columns or list(COLUMNS)))
    if not lines:
        raise ListError(_("Nobody is in the list: there is only its heading."))
    if len(lines) > MOST_ROWS:
        words = ngettext(
            "There may be %(most)d person in a list. Send the others in a second one.",
            "There may be %(most)d people in a list. Send the others in a second one.",
            MOST_ROWS,
        )
        raise ListError(words % {"most": MOST_ROWS})
    return lines


def numbered(rows: Iterable[Sequence[str]]) -> list[tuple[int, Sequence[str]]]:
    """The rows that are not empty, each with its number, counted from 1 as spreadsheets do."""
    return [(n, row) for n, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]


def _people(filled: Iterable[tuple[int, Sequence[str]]], columns: Sequence[str]) -> Iterator[Line]:
    for number, row in filled:
        cells = dict.fromkeys(COLUMNS, "")
        for column, cell in zip(columns, row, strict=False):
            if column:
                cells[column] = " ".join(cell[: 2 * _CELL_LENGTH].split())[:_CELL_LENGTH]
        if any(cells.values()):
            yield Line(number, cells)


def _columns_in(row: Sequence[str]) -> list[str]:
    """The column of each cell when the row is a heading in any of the six languages, else nothing."""
    known = in_any_language(COLUMNS)
    columns = [known.get(fold(cell.strip()), "") for cell in row]
    return columns if len(set(columns) - {""}) >= 2 else []


def assert_needed(
    needed: Iterable[str], found: Container[str], headings: Mapping[str, str | Promise]
) -> None:
    """Raise `ListError` with the headings of the columns that are needed and were not found."""
    missing = [str(headings[column]) for column in needed if column not in found]
    if missing:
        raise ListError(
            _("The list has no column “%(columns)s”. Take our template, or name the column so.")
            % {"columns": "”, “".join(missing)}
        )


def in_any_language(labels: Mapping[str, str | Promise]) -> dict[str, str]:
    """Every label in each of the six languages, folded, with what it is the label of."""
    known: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            known |= {fold(str(label)): name for name, label in labels.items()}
    return known
