"""Which characters a font holds: the `cmap` table of OpenType (ISO/IEC 14496-22), formats 4 and 12."""

import struct
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

_TABLE = struct.Struct(">4sIII")
_SUBTABLE = struct.Struct(">HHI")
_GROUP = struct.Struct(">III")
_UNICODE = frozenset({(0, 3), (0, 4), (3, 1), (3, 10)})


@dataclass(frozen=True, slots=True)
class Coverage:
    """Ranges of code points, in order: `firsts[i]` to `lasts[i]`, both included."""

    firsts: tuple[int, ...]
    lasts: tuple[int, ...]

    def __contains__(self, char: str) -> bool:
        at = bisect_right(self.firsts, ord(char)) - 1
        return at >= 0 and ord(char) <= self.lasts[at]


def coverage(path: Path) -> Coverage:
    """The characters of a font file, or of the first font of a collection.

    Raises `ValueError` when the file has no `cmap` that holds Unicode.
    """
    with path.open("rb") as file:
        table = _cmap(file)
    subtables = {
        struct.unpack_from(">H", table, offset)[0]: offset
        for platform, encoding, offset in _SUBTABLE.iter_unpack(table[4 : 4 + 8 * _count(table)])
        if (platform, encoding) in _UNICODE
    }
    if 12 in subtables:
        ranges = _groups(table, subtables[12])
    elif 4 in subtables:
        ranges = _segments(table, subtables[4])
    else:
        raise ValueError(f"{path.name} has no cmap of format 4 or 12")
    firsts, lasts = zip(*_joined(ranges), strict=True)
    return Coverage(firsts, lasts)


def _cmap(file: BinaryIO) -> bytes:
    """The bytes of the table."""
    start = 0
    if file.read(4) == b"ttcf":
        file.seek(12)
        (start,) = struct.unpack(">I", file.read(4))
    file.seek(start + 4)
    (tables,) = struct.unpack(">H", file.read(2))
    file.seek(start + 12)
    for tag, _checksum, offset, length in _TABLE.iter_unpack(file.read(_TABLE.size * tables)):
        if tag == b"cmap":
            file.seek(offset)
            return file.read(length)
    raise ValueError("the font has no cmap")


def _count(table: bytes) -> int:
    count: int = struct.unpack_from(">H", table, 2)[0]
    return count


def _groups(table: bytes, at: int) -> list[tuple[int, int]]:
    """The ranges of a format 12 subtable."""
    (count,) = struct.unpack_from(">I", table, at + 12)
    groups = table[at + 16 : at + 16 + _GROUP.size * count]
    return [(first, last) for first, last, _glyph in _GROUP.iter_unpack(groups)]


def _segments(table: bytes, at: int) -> list[tuple[int, int]]:
    """The ranges of a format 4 subtable, but for the closing one of U+FFFF."""
    (doubled,) = struct.unpack_from(">H", table, at + 6)
    count = doubled // 2
    lasts = struct.unpack_from(f">{count}H", table, at + 14)
    firsts = struct.unpack_from(f">{count}H", table, at + 16 + doubled)
    return [(first, last) for first, last in zip(firsts, lasts, strict=True) if first != 0xFFFF]


def _joined(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same ranges with neighbours put together: a tenth as many for Chinese."""
    ranges = sorted(ranges)
    breaks = [0, *(i + 1 for i, (a, b) in enumerate(pairwise(ranges)) if b[0] > a[1] + 1), len(ranges)]
    return [(ranges[i][0], ranges[j - 1][1]) for i, j in pairwise(breaks)]
