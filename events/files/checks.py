"""Whether a file that somebody sends may be kept, and why not, in words."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .contents import fits
from .storage import extension

ACCEPTED = ("pdf", "docx", "jpg", "jpeg", "png")
"""The kinds that people may answer with."""

MAX_BYTES = 10 * 1024 * 1024


def check_file(file: Any, *, kinds: Collection[str] = ACCEPTED, most: int = MAX_BYTES) -> None:
    """Refuse a file of more than `most` bytes, of no kind of `kinds`, or not what its extension says.

    `file` is Django's `File`. Raises `ValidationError`.
    """
    kind = extension(file.name)
    if kind not in kinds:
        raise ValidationError(
            _("Files of this kind are not accepted. Accepted are: %(kinds)s."),
            params={"kinds": ", ".join(kinds)},
            code="kind",
        )
    check_size(file, most=most)
    if not fits(file, kind):
        raise ValidationError(
            _("The content of this file is not what its name says, or it holds more than a document should."),
            code="content",
        )


def check_size(file: Any, *, most: int) -> None:
    """Refuse a file of more than `most` bytes. Raises `ValidationError`."""
    if file.size > most:
        raise ValidationError(
            _("The file is larger than %(megabytes)d MB. Please make it smaller or split it."),
            params={"megabytes": most // 1024 // 1024},
            code="size",
        )
