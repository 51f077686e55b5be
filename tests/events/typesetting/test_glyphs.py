import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.typesetting.glyphs import printable


@pytest.mark.parametrize(
    "text",
    [
        "Amina #panic() $x$ \\ \" '",
        "Nguyễn Thị",
        "محمد بن إبراهيم",
        "سمیه\u200cخانم",
        "王小明",
        "김민준",
        "क्ष",
        "สมชาย",
        "Александра",
    ],
)
def test_what_the_fonts_hold_stays_as_it_is(text: str) -> None:
    assert printable(text) == (text, "")


def test_a_box_stands_for_what_no_font_holds() -> None:
    assert printable("Li 😀 ገa") == ("Li □ □a", "😀ገ")


def test_marks_from_another_font_are_left_out_and_told() -> None:
    assert printable("กा") == ("ก", "ा")


@given(st.text())
def test_what_is_printed_prints_again_without_loss(text: str) -> None:
    printed, _lost = printable(text)

    assert printable(printed) == (printed, "")
