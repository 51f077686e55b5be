import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.typed.names import MARKS_A_BASE, clean_text, fold

ANY = st.text(st.characters(exclude_categories=()), max_size=60)
NOISY = st.lists(
    st.sampled_from(
        ["a", "ل", "王", " ", "\t", "\n", "\u0301", "\u0323", "\u200d", "\u200c", "\u202e", "\x00"]
    )
    | st.characters(exclude_categories=()),
    max_size=40,
).map("".join)


@pytest.mark.parametrize(
    "typed,kept",
    [
        ("  Ana   María ", "Ana María"),
        ("Ana\r\nBcc: x@example.org", "Ana Bcc: x@example.org"),
        ("A\x00n\x07a", "Ana"),
        ("\u202eanA\u202c", "anA"),
        ("\ud800Ana\udfff", "Ana"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("A" + "\u0310" * 40, "A" + "\u0310" * 3),
        ("a\ue000\u0301", "á"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u200d\u200d\u200cb", "a\u200db"),
        ("\u200d Ana \u200c", "Ana"),
        ("𱍐小明", "𱍐小明"),
        ("مُحَمَّد", "مُحَمَّد"),
        ("李\u2028四", "李 四"),
    ],
)
def test_a_name_keeps_what_people_read(typed, kept):
    assert clean_text(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", " ", "\u200b\u200b", "\u200d", "...", "\u3164", "\u202e", "😀", "\u0301", "\x00"]
)
def test_what_has_no_letter_or_digit_is_no_name(typed):
    assert clean_text(typed) == ""


@given(ANY | NOISY)
def test_a_cleaned_text_is_safe_and_stays_as_it_is(text):
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned
    cleaned.encode()
    for char in cleaned:
        assert char in "\u200c\u200d" or unicodedata.category(char) not in {
            "Cc",
            "Cf",
            "Cs",
            "Co",
            "Zl",
            "Zp",
        }


@given(NOISY)
def test_no_character_carries_a_tower_of_marks(text):
    marks = 0
    for char in clean_text(text):
        marks = marks + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        assert marks <= MARKS_A_BASE


@pytest.mark.parametrize(
    "left,right", [("STRASSE", "straße"), ("ＡＮＡ", "ana"), ("ÉMILE", "e\u0301mile"), ("İ", "i̇")]
)
def test_names_are_compared_without_letter_case_and_width(left, right):
    assert fold(left) == fold(right)
