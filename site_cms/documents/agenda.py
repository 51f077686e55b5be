"""Agenda numbers in the order in which a meeting takes them: 2 before 10, 3.1 before 3.10. Pure."""

import re
from typing import Any

_PARTS = re.compile(r"\d+|[^\W\d_]+")


def agenda_order(number: str) -> tuple[Any, ...]:
    """What documents are sorted by: numbers by their value, letters by themselves, no number at the end."""
    parts = tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in _PARTS.findall(number)
    )
    return (not parts, parts)
