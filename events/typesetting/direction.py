"""The base direction of a text: its first strong character (UAX 9, rules P2 and P3)."""

import unicodedata
from typing import Literal

Direction = Literal["ltr", "rtl"]

_STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_ISOLATES = frozenset({"LRI", "RLI", "FSI"})


def base_direction(text: str, default: Direction = "ltr") -> Direction:
    """The direction of the first strong character outside isolates; `default` when there is none."""
    depth = 0
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in _STRONG:
            return _STRONG[kind]
    return default
