"""What of a text can be printed: PDF/UA refuses a document with one character that no font holds."""

import re
import unicodedata
from collections.abc import Iterator

from .fonts import coverages

IN_ITS_PLACE = "□"
"""Printed for what no font holds."""

# Joiners and variation selectors have no glyph of their own and need none.
_IGNORED = re.compile("[\u200c\u200d\ufe00-\ufe0f]")


def printable(text: str) -> tuple[str, str]:
    """`text` as it can be printed, and the characters that it loses by that (empty for most).

    A base and its marks must come from one font, as in shaping; where only the marks fail, the base
    stays alone.
    """
    if text.isascii() and text.isprintable():
        return text, ""
    printed: list[str] = []
    lost: list[str] = []
    for cluster in _clusters(text):
        kept = _held(cluster)
        printed.append(kept or IN_ITS_PLACE)
        lost.append(cluster[len(kept) :])
    return "".join(printed), "".join(lost)


def _clusters(text: str) -> Iterator[str]:
    """The bases of `text`, each with the marks that follow it."""
    start = 0
    for at, char in enumerate(text):
        if at > start and not (unicodedata.category(char).startswith("M") or _IGNORED.match(char)):
            yield text[start:at]
            start = at
    if start < len(text):
        yield text[start:]


def _held(cluster: str) -> str:
    """The cluster when one font holds all of it, else its base when a font holds that, else nothing."""
    for part in (cluster, cluster[0]):
        needed = _IGNORED.sub("", part)
        if needed and any(all(char in font for char in needed) for font in coverages()):
            return part
    return ""
