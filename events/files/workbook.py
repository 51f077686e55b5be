"""Excel workbooks of plain text, written and read. The one module that knows openpyxl."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape

SIGNATURE = b"PK\x03\x04"
"""How a workbook begins: it is a ZIP archive."""

_PARTS = 200
_UNPACKED_BYTES = 12_000_000
_MACROS = "vbaProject.bin"
_COLUMNS = 500
_CELL_LENGTH = 32_767
"""More characters than this Excel does not open."""
_BATCH = 500
_SHEET_DATA = re.compile(r"<sheetData\s*/>|<sheetData>.*?</sheetData>", re.DOTALL)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
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
    """The sheets as an XLSX file (ISO/IEC 29500), row by row.

    openpyxl makes the frame; the cells are written here, six times faster than by its pure Python.
    """
    file = io.BytesIO()
    parts = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, start=1)}
    with (
        zipfile.ZipFile(io.BytesIO(_frame(sheets))) as frame,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for part in frame.infolist():
            content = frame.read(part)
            if part.filename not in parts:
                packed.writestr(part.filename, content)
                continue
            before, after = _SHEET_DATA.split(content.decode(), maxsplit=1)
            with packed.open(part.filename, "w", force_zip64=True) as member:
                member.write(f"{before}<sheetData>".encode())
                for rows in _in_batches(_rows(parts[part.filename])):
                    member.write("".join(rows).encode())
                member.write(f"</sheetData>{after}".encode())
    return file.getvalue()


def _frame(sheets: Sequence[Sheet]) -> bytes:
    """A workbook of empty sheets, in which a bold cell has given its style the number 1."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        written = book.create_sheet(sheet.title)
        written.freeze_panes = sheet.frozen
        written["A1"].font = Font(bold=True)
        for number, width in enumerate(sheet.widths, start=1):
            written.column_dimensions[get_column_letter(number)].width = width
        for column, words in sheet.choices.items():
            written.data_validations.append(_choice(get_column_letter(column + 1), words))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _rows(sheet: Sheet) -> Iterator[str]:
    """Each row with its cells; empty ones are left out."""
    from openpyxl.utils import get_column_letter

    letters = [get_column_letter(number) for number in range(1, _COLUMNS + 1)]
    for number, row in enumerate(sheet.rows):
        style = ' s="1"' if number in sheet.bold else ""
        cells = "".join(
            f'<c r="{letter}{number + 1}"{style} t="inlineStr"><is><t xml:space="preserve">'
            f"{escape(_NOT_XML.sub('', text[:_CELL_LENGTH]))}</t></is></c>"
            for letter, text in zip(letters, row, strict=False)
            if text
        )
        yield f'<row r="{number + 1}">{cells}</row>'


def _in_batches(rows: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


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
