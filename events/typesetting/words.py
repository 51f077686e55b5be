"""A text ready for the page: its direction, its language, and what of it no font can print."""

import re
from typing import TypedDict

from .direction import Direction, base_direction
from .glyphs import printable

_RIGHT_TO_LEFT = frozenset({"ar"})
# Arabic, the scripts of India, Thai and Khmer: deep descenders, or marks above marks.
_TALL = re.compile("[\u0600-\u077f\u0870-\u0fff\u1780-\u17ff\ufb50-\ufdff\ufe70-\ufeff]")
# Chinese, Japanese and Korean: the fonts hold them in one weight.
_UNBOLD = re.compile(
    "[\u1100-\u11ff\u3040-\u31ff\u3400-\u9fff\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
)


class Words(TypedDict):
    """What a template takes for one text.

    `language` is an ISO 639 code; `tall` lines need more height; `unbold` characters have no bold font.
    """

    text: str
    direction: Direction
    language: str
    tall: bool
    unbold: bool
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
        unbold=_UNBOLD.search(printed) is not None,
        tall=_TALL.search(printed) is not None,
        lost=lost,
    )
