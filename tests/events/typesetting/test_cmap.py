from pathlib import Path
from unicodedata import decomposition

import pytest
from PIL import Image, ImageDraw, ImageFont

from events.typesetting.cmap import coverage
from events.typesetting.fonts import FAMILIES, font_files


@pytest.mark.parametrize(
    "family,held,not_held",
    [
        ("Noto Sans", "Aé№ẾЯΩ", "م王"),
        ("Noto Sans Arabic", "مپڤ", "Я王"),
        ("Noto Sans CJK SC", "王가の𠮷□", "م"),
        ("Noto Sans Devanagari", "क्", "ก"),
        ("Noto Sans Thai", "กี่", "ក"),
        ("Noto Sans Khmer", "ក្", "ก"),
    ],
)
def test_a_font_tells_which_characters_it_holds(family: str, held: str, not_held: str) -> None:
    font = coverage(dict(zip(FAMILIES, font_files(), strict=True))[family])

    assert [char for char in held if char not in font] == []
    assert [char for char in not_held if char in font] == []


@pytest.mark.parametrize("family", ["Noto Sans", "Noto Sans Khmer"])
def test_coverage_agrees_with_freetype(family: str) -> None:
    path = dict(zip(FAMILIES, font_files(), strict=True))[family]
    font, drawn = coverage(path), ImageFont.truetype(str(path), 20)
    # Without those that shaping composes from others.
    letters = [
        chr(code)
        for code in (*range(0x41, 0x5B), *range(0x400, 0x460), *range(0x1780, 0x17B4))
        if not decomposition(chr(code))
    ]

    assert [char for char in letters if char in font] == [
        char for char in letters if _picture(char, drawn) != _picture("\ue000", drawn)
    ]


def _picture(char: str, font: ImageFont.FreeTypeFont) -> bytes:
    picture = Image.new("L", (60, 60))
    ImageDraw.Draw(picture).text((10, 10), char, font=font, fill=255)
    return picture.tobytes()


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "no.ttf"
    path.write_bytes(b"\x00\x01\x00\x00" + bytes(20))

    with pytest.raises(ValueError, match="no cmap"):
        coverage(path)
