"""The signed letter: what may be sent, known by its content and never by its name. Pure."""

from dataclasses import dataclass
from typing import IO

MOST_BYTES = 10_000_000

_BEGINS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}

CONTENT_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


class NotALetterError(Exception):
    """The file is neither PDF, JPEG nor PNG."""


class TooLargeError(Exception):
    """The file has more than `MOST_BYTES`."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A letter that may be kept; `extension` tells what it really is."""

    file: IO[bytes]
    extension: str
    size: int


def checked(file: IO[bytes], size: int) -> Checked:
    """The file, if it may be kept. Raises `TooLargeError` and `NotALetterError`."""
    if size > MOST_BYTES:
        raise TooLargeError
    file.seek(0)
    begin = file.read(16)
    file.seek(0)
    for signature, extension in _BEGINS.items():
        if begin.startswith(signature):
            return Checked(file, extension, size)
    raise NotALetterError
