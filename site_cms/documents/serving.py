"""Handing out a file, always as a download: no document opens as a page of this site."""

from functools import partial
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from events.files.storage import extension
from events.journeys.my_registration import by_token
from events.registration.models import Registration

from . import selectors
from .files import CONTENT_TYPES


@require_safe
def serve(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """The document for everybody or for this member of staff, at the address that Wagtail knows.

    Who may not open it does not learn that it exists. `name` is that of the stored file.
    """
    document = selectors.document_by_address(pk, name)
    if document is None or not selectors.may_open(document, request.user):
        raise Http404
    response = _file(document, request)
    is_public = not request.user.is_authenticated
    response["Cache-Control"] = "public, max-age=300" if is_public else "private, no-store"
    return response


@require_safe
def for_participant(request: HttpRequest, token: str, pk: int, name: str) -> HttpResponseBase:
    """A document for the participant whose personal link the address holds. `name` is not read."""
    return by_token(partial(_hand_out, pk=pk))(request, token)


def download_name(document: Any) -> str:
    """The name under which a reader keeps the file, such as 3-1-work-programme-fr.pdf. ASCII."""
    words = slugify(f"{document.agenda_number.replace('.', '-')} {document.title}")[:80].strip("-")
    return f"{words or 'document'}-{document.language}.{extension(document.file.name)}"


def _hand_out(request: HttpRequest, registration: Registration, *, pk: int) -> HttpResponseBase:
    document = selectors.document_for(registration, pk)
    if document is None:
        raise Http404
    return _file(document, request)


def _file(document: Any, request: HttpRequest) -> HttpResponseBase:
    etag = quote_etag(document.get_file_hash()) if document.file_hash else None
    unchanged = get_conditional_response(request, etag, None, None) if etag else None
    if unchanged is not None:
        return unchanged
    kind = CONTENT_TYPES.get(extension(document.file.name), "application/octet-stream")
    try:
        content = document.file.storage.open(document.file.name, "rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, as_attachment=True, filename=download_name(document), content_type=kind)
    if etag:
        response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    return response
