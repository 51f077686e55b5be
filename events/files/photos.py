"""Portraits from any phone, made small, square and bare of everything but the picture."""

import io
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

PICTURES = ("image/jpeg", "image/png", "image/webp", "image/heic", "image/heif")
"""What phones make."""

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
"""What is larger is no picture of a phone, or a bomb: it is refused before it is unpacked."""

SIDE, LEAST_SIDE = 600, 200
"""Of a portrait, in pixels."""

_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")


class NoPictureError(Exception):
    """The bytes are none of the pictures that we can read."""


class TooLargeError(Exception):
    """The picture has more than `MAX_PIXELS`."""


class TooSmallError(Exception):
    """The picture has a side of less than `LEAST_SIDE`."""


def portrait(file: IO[bytes]) -> bytes:
    """The middle square of the picture as a JPEG of at most `SIDE` pixels, upright and without metadata.

    Raises `NoPictureError`, `TooLargeError` or `TooSmallError`.
    """
    _learn_heif()
    try:
        with Image.open(file, formats=_FORMATS) as picture:
            return _jpeg(_square(_within_bounds(picture)))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        raise NoPictureError from None


def _learn_heif() -> None:
    """The format of iPhones; once a process."""
    from pillow_heif import register_heif_opener

    register_heif_opener(thumbnails=False)


def _within_bounds(picture: Image.Image) -> Image.Image:
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise TooLargeError
    if min(width, height) < LEAST_SIDE:
        raise TooSmallError
    # A JPEG is unpacked at the smallest scale that is still large enough.
    picture.draft("RGB", (SIDE, SIDE))
    return picture


def _square(picture: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(picture)
    side = min(*upright.size)
    left, top = (upright.width - side) // 2, (upright.height - side) // 2
    middle = upright.crop((left, top, left + side, top + side))
    if middle.mode == "P":
        middle = middle.convert("RGBA")  # a palette cannot be made smaller but by leaving out
    small = min(side, SIDE)
    return _opaque(middle.resize((small, small), Image.Resampling.LANCZOS))


def _opaque(picture: Image.Image) -> Image.Image:
    """On white where it is transparent."""
    if picture.has_transparency_data:
        layered = picture.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(ground, layered).convert("RGB")
    return picture.convert("RGB")


def _jpeg(picture: Image.Image) -> bytes:
    body = io.BytesIO()
    picture.info.clear()  # comments, places, the camera: all that came with the pixels
    picture.save(body, "JPEG", quality=85, optimize=True, exif=b"")
    return body.getvalue()
