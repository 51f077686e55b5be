"""Names as people type them, in every script: made safe to store, compare and show."""

import re
import unicodedata

MARKS_A_BASE = 3
"""Combining marks kept on one base character; Vietnamese and vocalised Arabic need up to three."""

# Bidi controls (UAX 9), zero-width characters and the byte order mark, but not ZWNJ and ZWJ
# (U+200C, U+200D), which Persian and Indic names need.
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]")
_JOINERS = "\u200c\u200d"


def clean_text(text: str) -> str:
    """`text` in NFC on one line, without controls, surrogates, bidi overrides and stacked marks.

    The result is empty when no letter or digit is left: such a text is no name.
    """
    text = text.encode("utf-8", "ignore").decode("utf-8")
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = "".join(" " if char.isspace() else char for char in text)
    text = "".join(char for char in text if unicodedata.category(char) not in {"Cc", "Cs", "Co", "Cn"})
    text = re.sub(r" {2,}", " ", _limit_marks(text)).strip(" " + _JOINERS)
    return text if any(unicodedata.category(char)[0] in "LN" for char in text) else ""


def fold(text: str) -> str:
    """The form of `text` for searching and comparing: NFKC and case-folded."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _limit_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        if marks <= MARKS_A_BASE:
            kept.append(char)
    return "".join(kept)
