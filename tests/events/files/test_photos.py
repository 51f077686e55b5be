import contextlib
import io
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pillow_heif import register_heif_opener

from events.files.photos import NoPictureError, TooLargeError, TooSmallError, portrait

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F
RED, GREEN, BLUE = (200, 20, 20), (20, 200, 20), (20, 20, 200)


def picture(kind: str, size: tuple[int, int] = (900, 600), mode: str = "RGB", **saved: Any) -> io.BytesIO:
    """Red at the left, blue at the right, green in the middle square."""
    drawn = Image.new("RGB", size, GREEN)
    edge = (max(size) - min(size)) // 2
    drawn.paste(RED, (0, 0, edge, size[1]))
    drawn.paste(BLUE, (size[0] - edge, 0, *size))
    body = io.BytesIO()
    drawn.convert(mode).save(body, kind, **saved)
    body.seek(0)
    return body


def near(one: Any, other: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 30 for a, b in zip(one, other, strict=True))


def read(body: bytes) -> Image.Image:
    made = Image.open(io.BytesIO(body))
    assert made.format == "JPEG"
    return made


@pytest.mark.parametrize(
    "kind, mode",
    [("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB"), ("HEIF", "RGB")],
)
def test_the_middle_of_any_picture_becomes_a_small_square(kind, mode):
    register_heif_opener()
    made = read(portrait(picture(kind, mode=mode)))
    assert made.size == (600, 600)
    assert made.mode == "RGB"
    for corner in ((5, 5), (594, 5), (5, 594), (594, 594)):
        assert near(made.getpixel(corner), GREEN), (kind, mode, corner)


def test_a_small_picture_is_not_blown_up_and_a_large_one_is_shrunk():
    assert read(portrait(picture("JPEG", (300, 250)))).size == (250, 250)
    assert read(portrait(picture("JPEG", (4000, 3000)))).size == (600, 600)


def test_it_stands_upright_and_tells_nothing_of_place_and_phone():
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # turned by 90 degrees: what is left in the file is on top
    exif[MAKER] = "Phone"
    exif.get_ifd(GPS)[1] = "N"
    turned = Image.new("RGB", (600, 600), GREEN)
    turned.paste(RED, (0, 0, 300, 600))
    body = io.BytesIO()
    turned.save(body, "JPEG", exif=exif, comment=b"secret")
    made = read(portrait(body))
    assert near(made.getpixel((300, 50)), RED)
    assert near(made.getpixel((300, 550)), GREEN)
    assert not made.getexif()
    assert "comment" not in made.info
    assert b"Phone" not in portrait(body)


def test_what_is_transparent_becomes_white():
    body = io.BytesIO()
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(body, "PNG")
    assert near(read(portrait(body)).getpixel((150, 150)), (255, 255, 255))


def bomb(width: int, height: int) -> io.BytesIO:
    """A PNG of a few bytes that says it is huge."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(8000, 8000), (200_000, 300), (60_000, 60_000)])
def test_a_bomb_is_refused_by_what_it_says_of_itself(size):
    with pytest.raises((TooLargeError, NoPictureError)):
        portrait(bomb(*size))


def test_a_picture_without_its_pixels_is_none():
    with pytest.raises(NoPictureError):
        portrait(bomb(1000, 1000))


def test_a_picture_in_which_nobody_is_known_is_refused():
    with pytest.raises(TooSmallError):
        portrait(picture("PNG", (1000, 199)))


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"<svg/>", b"GIF89a" + b"\0" * 100, b"BM" + b"\0" * 100]
)
def test_other_files_are_no_pictures(content):
    with pytest.raises(NoPictureError):
        portrait(io.BytesIO(content))


@given(kind=st.sampled_from(["JPEG", "PNG", "WEBP"]), at=st.integers(0, 10_000), value=st.integers(0, 255))
def test_a_broken_picture_is_read_or_refused_and_nothing_else(kind, at, value):
    content = bytearray(picture(kind, (260, 220)).getvalue())
    content[at % len(content)] = value
    with contextlib.suppress(NoPictureError, TooLargeError, TooSmallError):
        assert read(portrait(io.BytesIO(bytes(content[: len(content) - at % 50])))).size[0] <= 600
