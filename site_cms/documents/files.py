"""What a document's file may be, and where it lies."""

from typing import Any

from django.core.files.storage import Storage, storages

from events.files import contents
from events.files.checks import check_file

MAX_BYTES = 20 * 1024 * 1024

CONTENT_TYPES = {
    kind: contents.CONTENT_TYPES[kind]
    for kind in ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "txt", "csv")
}
"""What may be uploaded, by extension, and as what it is served."""


def document_storage() -> Storage:
    """Where documents lie, apart from the images, which everybody may see."""
    return storages["documents"]


def check_upload(file: Any) -> None:
    """Refuse a file that is too large, of no allowed kind, or not what its extension says.

    `file` is Django's `File`; a stored one was looked at when it came. Raises `ValidationError`.
    """
    if not getattr(file, "_committed", False):
        check_file(file, kinds=CONTENT_TYPES, most=MAX_BYTES)
