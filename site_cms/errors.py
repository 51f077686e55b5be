"""Pages for what went wrong, in the visitor's language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

RETRY_AFTER_SECONDS = 10


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: a neighbour of the site is away for a moment; nothing was lost."""
    response = render(request, "503.html", status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's cookie is missing or the form is too old."""
    return render(request, "403_csrf.html", status=403)
