import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.typed.paragraphs import clean_paragraphs


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("", ""),
        ("One\r\nTwo\rThree", "One\nTwo\nThree"),
        ("\n\n One  line \n\n\n\nTwo\n ", "One line\n\nTwo"),
        ("One\n-----\nTwo", "One\n\nTwo"),
        ("يوم\u202eالصحة\x00", "يومالصحة"),
        ("\u200b\u200b", ""),
    ],
)
def test_lines_are_cleaned(typed, kept):
    assert clean_paragraphs(typed) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing(typed):
    cleaned = clean_paragraphs(typed)
    assert clean_paragraphs(cleaned) == cleaned
    assert "\n\n\n" not in cleaned
    assert "\r" not in cleaned
