"""What a file is, looked at by content: its name proves nothing. Pure."""

import re
import zipfile
from collections.abc import Callable
from typing import IO

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "txt": "text/plain",
    "csv": "text/csv",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
}
"""What we can tell by its content, by extension, and as what it is served."""

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_MEMBERS = 5_000

_HEAD_BYTES = 4096
_OFFICE_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|head|body|svg|script|iframe|img|\?xml|\?php|%|x:)", re.IGNORECASE
)
_END_OF_ZIP = b"PK\x05\x06"
_END_OF_ZIP_BYTES = 22


def fits(file: IO[bytes], kind: str) -> bool:
    """Whether the content is what the extension `kind` says, and harmless. The file is left at its start."""
    file.seek(0)
    fitting = _CHECKS[kind](file, kind)
    file.seek(0)
    return fitting


def _is_pdf(file: IO[bytes], kind: str) -> bool:
    """A PDF from its first to its last byte, so that it is not a page or an archive as well."""
    head = file.read(_HEAD_BYTES)
    file.seek(-min(1024, max(len(head), 1)), 2)
    return head.startswith(b"%PDF-") and not _MARKUP.search(head[:1024]) and _ends_as_pdf(file.read())


def _ends_as_pdf(tail: bytes) -> bool:
    return tail.rstrip(b"\r\n\t \0").endswith(b"%%EOF")


def _is_office(file: IO[bytes], kind: str) -> bool:
    """An Office Open XML document (ISO/IEC 29500) without macros."""
    names = _members(file)
    return {"[Content_Types].xml", _OFFICE_PARTS[kind]} <= names and not any(
        name.lower().endswith(("vbaproject.bin", ".exe", ".html", ".htm", ".js")) for name in names
    )


def _is_open_document(file: IO[bytes], kind: str) -> bool:
    """An OpenDocument file (ISO/IEC 26300) without macros: its first member names its type."""
    names = _members(file)
    if not {"mimetype", "content.xml"} <= names or any(name.startswith("Basic/") for name in names):
        return False
    with zipfile.ZipFile(file) as archive, archive.open("mimetype") as member:
        return member.read(200) == CONTENT_TYPES[kind].encode()


def _members(file: IO[bytes]) -> set[str]:
    """The names in an archive that begins and ends as one and unpacks to a bounded size; none otherwise."""
    head = file.read(4)
    file.seek(0, 2)
    size = file.tell()
    if head != b"PK\x03\x04" or size < _END_OF_ZIP_BYTES:
        return set()
    file.seek(size - _END_OF_ZIP_BYTES)
    if file.read(4) != _END_OF_ZIP:
        return set()
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return set()
    first = min((member.header_offset for member in members), default=-1)
    unpacked = sum(member.file_size for member in members)
    bounded = len(members) <= MAX_MEMBERS and unpacked <= MAX_UNPACKED_BYTES
    return {member.filename for member in members} if first == 0 and bounded else set()


def _is_text(file: IO[bytes], kind: str) -> bool:
    """Text in UTF-8 that no browser would take for a page."""
    content = file.read()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return "\0" not in text and not _MARKUP.search(content[:_HEAD_BYTES])


def _is_jpeg(file: IO[bytes], kind: str) -> bool:
    """A JPEG (ISO/IEC 10918) from its first marker to an end marker in its last kilobyte."""
    head = file.read(3)
    file.seek(-min(1024, max(len(head), 1)), 2)
    return head == b"\xff\xd8\xff" and b"\xff\xd9" in file.read()


def _is_png(file: IO[bytes], kind: str) -> bool:
    """A PNG (ISO/IEC 15948) from its signature to its last chunk."""
    head = file.read(16)
    file.seek(-min(12, max(len(head), 1)), 2)
    return head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:] == b"IHDR" and file.read(8)[4:] == b"IEND"


_CHECKS: dict[str, Callable[[IO[bytes], str], bool]] = {
    "pdf": _is_pdf,
    "docx": _is_office,
    "xlsx": _is_office,
    "pptx": _is_office,
    "odt": _is_open_document,
    "ods": _is_open_document,
    "odp": _is_open_document,
    "txt": _is_text,
    "csv": _is_text,
    "jpg": _is_jpeg,
    "jpeg": _is_jpeg,
    "png": _is_png,
}
