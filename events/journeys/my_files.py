"""The files that a person sent, given back to whoever holds the personal link. Always a download."""

import uuid

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from ..files.downloads import as_download
from ..registration.models import Registration
from .my_registration import by_token


@require_safe
@by_token
def my_file(request: HttpRequest, registration: Registration, public_id: uuid.UUID) -> HttpResponseBase:
    """The person's own file. One of somebody else is as unknown as one that never was."""
    upload = registration.uploads.filter(public_id=public_id).first()
    if upload is None:
        raise Http404
    return as_download(upload.file, name=upload.name, content_type=upload.content_type)
