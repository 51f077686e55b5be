"""Kept files, handed out."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404


def as_download(file: FieldFile, *, name: str, content_type: str) -> FileResponse:
    """The file as an attachment, never shown in the page's place; raises Http404 when it is gone."""
    try:
        content = file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(content, as_attachment=True, filename=name, content_type=content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
