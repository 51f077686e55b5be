"""Files of persons, to download: never shown in the page's place, each look recorded."""

import uuid
from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ...access.roles import Act
from ...access.services import record_access
from ...files.downloads import as_download
from ..dossier import Upload
from .sight import allows, sees_question


@require_GET
@never_cache
def download(request: HttpRequest, public_id: uuid.UUID) -> FileResponse:
    """The file as an attachment, for who sees the answer that it belongs to."""
    rows = Upload.objects.select_related("registration", "question").exclude(registration=None)
    upload: Any = get_object_or_404(rows, public_id=public_id)
    event = upload.registration.event_id
    if not allows(request.user, Act.SEE_REGISTRATIONS, event) or not sees_question(
        request.user, upload.question, event
    ):
        raise Http404
    answer = as_download(upload.file, name=upload.name, content_type=upload.content_type)
    record_access(user=request.user, event_id=event, what="file", subject=upload.registration.reference)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
