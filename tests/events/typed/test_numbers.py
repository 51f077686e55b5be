import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.typed.numbers import clean_number, clean_phone

ANY = st.text(st.characters(exclude_categories=()), max_size=40)


@pytest.mark.parametrize(
    "typed, number",
    [
        ("12", 12),
        (" 1 200 ", 1200),
        ("1\u202f200", 1200),
        ("-3", -3),
        ("\u22123", -3),
        ("١٢", 12),
        ("१२", 12),
        ("１２", 12),
        ("007", 7),
        *((text, None) for text in ("", "1.5", "1,000", "1_000", "²", "1e3", "--1", "½", "9" * 16)),
    ],
)
def test_a_number_is_read_in_any_digits(typed, number):
    assert clean_number(typed) == number


@pytest.mark.parametrize(
    "typed, number",
    [
        ("+39 06 5705 1", "+39 06 5705 1"),
        ("0039 06-5705.1", "+39 06 5705 1"),
        ("(06) 57051", "06 57051"),
        ("+٣٩ ٠٦ ٥٧٠٥١", "+39 06 57051"),
        ("＋39 06 57051", "+39 06 57051"),
        *((text, None) for text in ("", "12345", "+", "call me", "06 57051 ext 3", "1" * 16, "+39+06")),
    ],
)
def test_a_telephone_number_is_read_in_any_digits(typed, number):
    assert clean_phone(typed) == number


@given(ANY)
def test_any_text_is_a_number_or_none(typed):
    number = clean_number(typed)
    assert number is None or clean_number(str(number)) == number


@given(ANY | st.from_regex(r"\+?[0-9 ().-]{6,20}", fullmatch=True))
def test_cleaning_a_telephone_number_twice_changes_nothing(typed):
    number = clean_phone(typed)
    assert number is None or (number.isascii() and clean_phone(number) == number)
