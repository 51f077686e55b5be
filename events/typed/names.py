"""Names as people type them, in every script: made safe to store, compare and show."""

import re
import unicodedata

MARKS_A_BASE = 3
"""Combining marks kept on one base character; Vietnamese and vocalised Arabic need up to three."""

_JOINERS = "\u200c\u200d"
# Characters that show nothing although Unicode calls them letters or marks: grapheme joiner,
# Hangul fillers, Khmer inherent vowels.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean_text(text: str) -> str:
    """`text` in NFC on one line, without controls, surrogates, bidi overrides and stacked marks.

    Idempotent. The joiners of Persian and Indic names (U+200C, U+200D) stay, one at a time. The
    result is empty when no letter or digit is left: such a text is no name.
    """
    spaced = "".join(" " if char.isspace() else char for char in text)
    visible = "".join(char for char in spaced if _is_kept(char))
    composed = _limit_marks(unicodedata.normalize("NFC", visible))
    joined = re.sub(f"([{_JOINERS}])[{_JOINERS}]+", r"\1", composed)
    line = re.sub(f"[ {_JOINERS}]* [ {_JOINERS}]*", " ", joined).strip(" " + _JOINERS)
    line = unicodedata.normalize("NFC", line)
    return line if any(_is_letter_or_digit(char) for char in line) else ""


def fold(text: str) -> str:
    """The form of `text` for searching and comparing: NFKC and case-folded.

    It may be up to 18 times as long as `text` (U+FDFA).
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _is_kept(char: str) -> bool:
    if char in _JOINERS or _is_ideographic_plane(char):
        return True
    return char not in _BLANKS and unicodedata.category(char) not in _DROPPED


def _is_ideographic_plane(char: str) -> bool:
    """Planes 2 and 3 hold ideographs only. Rare Chinese names use some newer than Python's tables."""
    return 0x20000 <= ord(char) <= 0x3FFFD and ord(char) & 0xFFFE != 0xFFFE


def _is_letter_or_digit(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN" or _is_ideographic_plane(char)


def _limit_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        if marks <= MARKS_A_BASE:
            kept.append(char)
    return "".join(kept)
