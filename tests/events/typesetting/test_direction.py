import pytest

from events.typesetting.direction import base_direction


@pytest.mark.parametrize(
    "text,direction",
    [
        ("Amina", "ltr"),
        ("محمد", "rtl"),
        ("שלום", "rtl"),
        ("123 محمد Li", "rtl"),
        ("(Li) محمد", "ltr"),
        ("王小明", "ltr"),
        ("ٱ", "rtl"),
        ("\u2067abc\u2069 محمد", "rtl"),
        ("\u2068محمد\u2069 Li", "ltr"),
        ("\u2069Li", "ltr"),
    ],
)
def test_the_first_strong_character_decides(text: str, direction: str) -> None:
    assert base_direction(text) == direction


@pytest.mark.parametrize("text", ["", "12-34", "\u0301", "\u2067محمد"])
def test_without_a_strong_character_the_page_decides(text: str) -> None:
    assert base_direction(text, "rtl") == "rtl"
    assert base_direction(text) == "ltr"
