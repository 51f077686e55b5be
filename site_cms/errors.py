"""Pages for what went wrong, in the visitor's language and in the site's frame. None asks the database."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

RETRY_AFTER_SECONDS = 10


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read."""
    return render(request, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; 503 when the database is away.

    Django calls this for an error of a view or of any middleware, whose own `process_exception` would only
    see those of views. The language is that of the address: the error may have come before it was chosen.
    """
    with translation.override(translation.get_language_from_request(request, check_path=True)):
        if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
            return unavailable(request)
        if _speaks_json(request):
            return JsonResponse(
                {"detail": _("The fault is ours. Please try again in a few minutes.")}, status=500
            )
        return render(request, "500.html", status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: a neighbour of the site is away for a moment; nothing was lost."""
    if _speaks_json(request):
        words = _("The site is busy for a moment. Please try again in ten seconds.")
        response: HttpResponse = JsonResponse({"detail": words}, status=503)
    else:
        response = render(request, "503.html", status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's cookie is missing or the form is too old."""
    return render(request, "403_csrf.html", status=403)


def _speaks_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
