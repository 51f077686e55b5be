from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.access.cells import safe_cell


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1", "＠x", "\u00a0=1"]
)
def test_a_formula_becomes_text(text: str) -> None:
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("value", ["Ånn", "", "O'Neill", "a=b", "王小明", 3, -3, None, 1.5, date(2026, 1, 1)])
def test_everything_else_stays(value: object) -> None:
    assert safe_cell(value) == value


@given(st.text())
def test_no_text_begins_as_a_formula(text: str) -> None:
    assert safe_cell(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}
    assert safe_cell(text).endswith(text)
