"""Cells of a spreadsheet that a program must read as text and never run as a formula. Pure."""

import unicodedata
from typing import Any

_STARTS_FORMULA = frozenset("=+-@\t\r")


def safe_cell(value: Any) -> Any:
    """`value`, with an apostrophe before a text that a spreadsheet would take for a formula.

    Blanks before the sign are skipped as spreadsheets do, and full-width signs count as the plain
    ones. Numbers, dates and empty cells stay as they are. See OWASP, “CSV injection”.
    """
    if not isinstance(value, str) or not value:
        return value
    first = unicodedata.normalize("NFKC", value.lstrip(" \u00a0\n")[:1])
    return f"'{value}" if value[0] in _STARTS_FORMULA or first in _STARTS_FORMULA else value
