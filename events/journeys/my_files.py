"""The files that a person sent, given back to whoever holds the personal link. Always a download."""

import uuid

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from ..registration.models import Registration
from .my_registration import by_token


@require_safe
@by_token
def my_file(request: HttpRequest, registration: Registration, public_id: uuid.UUID) -> HttpResponseBase:
    """The person's own file. One of somebody else is as unknown as one that never was."""
    upload = registration.uploads.filter(public_id=public_id).first()
    if upload is None:
        raise Http404
    try:
        content = upload.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        content, as_attachment=True, filename=upload.name, content_type=upload.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
