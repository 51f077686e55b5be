"""Files as people upload them, and as people who mean harm do."""

import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from events.catalogue.models import Event
from site_cms.documents.files import CONTENT_TYPES
from site_cms.models import SiteDocument

PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"

_OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


def archive(members: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """A ZIP archive with these members, in order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


def office(kind: str, **more: bytes) -> bytes:
    """A small Office document; `more` are further members, `__` standing for `/` and `_` for `.`."""
    named = {name.replace("__", "/").replace("_", "."): content for name, content in more.items()}
    return archive({"[Content_Types].xml": b"<Types/>", _OFFICE[kind]: b"<document/>", **named})


def open_document(kind: str, **more: bytes) -> bytes:
    """A small OpenDocument file."""
    named = {name.replace("__", "/"): content for name, content in more.items()}
    return archive({"mimetype": CONTENT_TYPES[kind].encode(), "content.xml": b"<document/>", **named})


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """The file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def make_document(event: Event | None = None, *, content: bytes = PDF, **fields: Any) -> SiteDocument:
    """A document of the event, public unless told otherwise."""
    values = {"title": "Provisional agenda", "language": "en"} | fields
    document = SiteDocument(event=event, **values)
    document.file.save("agenda.pdf", SimpleUploadedFile("agenda.pdf", content), save=False)
    document._set_document_file_metadata()
    document.save()
    document.file.close()
    return document
