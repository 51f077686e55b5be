"""Where files of persons lie: a folder that no address leads to."""

import uuid
from pathlib import PurePath
from typing import Any

from django.core.files.storage import FileSystemStorage, Storage, storages


class ApartStorage(FileSystemStorage):
    """Every file goes through the view that asks who is reading."""

    def url(self, name: str | None) -> str:
        """None: no address leads here."""
        raise NotImplementedError


def private_storage() -> Storage:
    """Where files of persons lie, apart from the documents and the images."""
    return storages["private"]


def stored_name(row: Any, filename: str) -> str:
    """A name that says nothing of the file and cannot be guessed; the extension stays."""
    return f"{uuid.uuid4().hex}.{extension(filename)}"


def extension(filename: str) -> str:
    """The extension in lower case, without its dot."""
    return PurePath(filename).suffix.lower().removeprefix(".")
