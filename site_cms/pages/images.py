"""Serving images in the sizes that pages show. The file that an editor uploaded is never handed out."""

import mimetypes
import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

_NAME = re.compile(r"[\w.-]+\.(avif|webp|jpe?g|png)\Z")
_A_YEAR = 365 * 24 * 60 * 60


@require_safe
def image(request: HttpRequest, name: str) -> FileResponse:
    """One size of an image, encoded here; kept for a year, since its name changes with the image."""
    path = f"images/{name}"
    if not _NAME.match(name) or not default_storage.exists(path):
        raise Http404
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = FileResponse(default_storage.open(path), content_type=kind)
    response["Cache-Control"] = f"public, max-age={_A_YEAR}, immutable"
    return response
