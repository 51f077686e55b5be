"""Excel workbooks of plain text, written and read. The one module that knows openpyxl."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SIGNATURE = b"PK\x03\x04"
"""How a workbook begins: it is a ZIP archive."""

_PARTS = 200
_UNPACKED_BYTES = 12_000_000
_MACROS = "vbaProject.bin"
_DEFINITION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
"""What zipfile raises about archives that are broken, encrypted or packed in an unknown way."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one sheet holds: every cell is text, so that nothing is run as a formula.

    `widths` are of the columns, in characters; `bold` are the numbers of rows (from 0); `frozen` is the
    first cell that scrolls; `choices` offers words to choose from in a column (from 0).
    """

    title: str
    rows: Iterable[Sequence[str]]
    widths: Sequence[int] = ()
    bold: frozenset[int] = frozenset()
    frozen: str | None = None
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)


class UnreadableError(Exception):
    """The bytes are no workbook that can be read safely."""


class MacrosError(UnreadableError):
    """The workbook holds macros."""


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as an XLSX file, row by row: memory does not grow with their number."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book, sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write(book: Any, sheet: Sheet) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    written = book.create_sheet(sheet.title)
    written.freeze_panes = sheet.frozen
    for number, width in enumerate(sheet.widths, start=1):
        written.column_dimensions[get_column_letter(number)].width = width
    for column, words in sheet.choices.items():
        written.data_validations.append(_choice(get_column_letter(column + 1), words))
    for number, row in enumerate(sheet.rows):
        cells = [WriteOnlyCell(written, value=text) for text in row]
        for cell in cells:
            cell.data_type = "s"
            if number in sheet.bold:
                cell.font = Font(bold=True)
        written.append(cells)


def _choice(column: str, words: Sequence[str]) -> Any:
    """A list to choose from below the heading; other text may be typed as well."""
    from openpyxl.worksheet.datavalidation import DataValidation

    return DataValidation(
        type="list",
        formula1=f'"{",".join(word.replace(",", " ") for word in words)}"',
        allow_blank=True,
        showErrorMessage=False,
        sqref=f"{column}2:{column}501",
    )


def rows_in(content: bytes, *, most: int, columns: int) -> list[list[str]]:
    """The first `most` rows of the first sheet as texts, formulas as they were typed, beginning with “=”.

    Raises `MacrosError`, and `UnreadableError` for what is no workbook, is broken, or would unpack to
    more than a list of people can be.
    """
    from openpyxl import load_workbook

    _assert_harmless(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_row=most, max_col=columns, values_only=True)
            return [[_text(value) for value in row] for row in rows]
    except Exception as error:
        # openpyxl promises nothing about broken files: it raises whatever it stumbles on.
        raise UnreadableError from error


def _assert_harmless(content: bytes) -> None:
    """Refuse archives that swell, and XML that defines words of its own, before they are unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if any(part.filename.endswith(_MACROS) for part in parts):
                raise MacrosError
            # A part never unpacks to more than its entry says: zipfile stops there.
            if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED_BYTES:
                raise UnreadableError
            if any(_DEFINITION.search(archive.read(part).replace(b"\0", b"")) for part in parts):
                raise UnreadableError
    except _BROKEN as error:
        raise UnreadableError from error


def _text(value: Any) -> str:
    if value is None:
        return ""
    # Excel keeps every number as a fraction.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
