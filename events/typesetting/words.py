"""A text ready for the page: its direction, its language, and what of it no font can print."""

import re
from typing import TypedDict

from .direction import Direction, base_direction
from .glyphs import printable

_RIGHT_TO_LEFT = frozenset({"ar"})
# Arabic, the scripts of India, Thai and Khmer: deep descenders, or marks above marks.
_TALL = re.compile("[\u0600-\u077f\u0870-\u0fff\u1780-\u17ff\ufb50-\ufdff\ufe70-\ufeff]")


class Words(TypedDict):
    """What a template takes for one text. `language` is an ISO 639 code; `tall` lines need more height."""

    text: str
    direction: Direction
    language: str
    tall: bool
    lost: str


def direction_of(language: str) -> Direction:
    """The direction of a page in `language` (one of the site's six codes)."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def words(text: str, language: str) -> Words:
    """`text` for the page. `language` is one of the site's six codes."""
    printed, lost = printable(text)
    return Words(
        text=printed,
        direction=base_direction(text, direction_of(language)),
        language=language.partition("-")[0],
        tall=_TALL.search(printed) is not None,
        lost=lost,
    )
