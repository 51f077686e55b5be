"""CSV files that people edit (RFC 4180, UTF-8): read strictly, every complaint with file and line. Pure."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Value = TypeVar("Value")


class CsvError(Exception):
    """A file cannot be used. The text names the file, the line (1 is the heading) and the reason."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path.name}, line {line}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Row:
    """One record and the line on which it begins."""

    path: Path
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell without spaces around it."""
        return self.cells[column].strip()

    def error(self, reason: str) -> CsvError:
        """The complaint about this record."""
        return CsvError(self.path, self.line, reason)

    def one_of(self, column: str, meanings: Mapping[str, Value]) -> Value:
        """The meaning of the cell; raises `CsvError` when it is none of the known ones."""
        try:
            return meanings[self[column]]
        except KeyError:
            known = ", ".join(repr(key) for key in meanings)
            raise self.error(f"{column} is {self[column]!r}; it must be one of {known}.") from None


def read_rows(path: Path, *, columns: Sequence[str], key: str) -> list[Row]:
    """The records of a file that has at least `columns`, no two with the same `key`.

    Raises `CsvError` for a file that is missing, not UTF-8, without a needed column, with a record
    of too few or too many cells, an empty or repeated key, or broken quotes.
    """
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    rows: list[Row] = []
    seen: dict[str, int] = {}
    heading: list[str] | None = None
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise CsvError(path, line, f"the quotes or separators cannot be read ({error}).") from None
        if heading is None:
            heading = _checked_heading(path, cells, columns)
        elif cells:
            row = Row(path, line, _paired(path, line, heading, cells))
            _refuse_repeated(row, key, seen)
            rows.append(row)
    if heading is None:
        raise CsvError(path, 1, "the file is empty.")
    return rows


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CsvError(path, 1, f"the file cannot be opened ({error.strerror}).") from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise CsvError(path, line, "the text is not UTF-8. Save the file as “CSV UTF-8”.") from None


def _checked_heading(path: Path, heading: list[str], columns: Sequence[str]) -> list[str]:
    names = [name.strip() for name in heading]
    if missing := [column for column in columns if column not in names]:
        raise CsvError(path, 1, f"the column {', '.join(missing)} is missing.")
    return names


def _paired(path: Path, line: int, heading: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(heading):
        raise CsvError(path, line, f"there are {len(cells)} cells where the heading has {len(heading)}.")
    return dict(zip(heading, cells, strict=True))


def _refuse_repeated(row: Row, key: str, seen: dict[str, int]) -> None:
    if not row[key]:
        raise row.error(f"{key} is empty.")
    if row[key] in seen:
        raise row.error(f"{key} {row[key]!r} is already on line {seen[row[key]]}.")
    seen[row[key]] = row.line
