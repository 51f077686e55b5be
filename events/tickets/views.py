"""What a phone's camera opens from a badge: which event it is for, and nothing about the person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .code import read_code
from .selectors import event_of_code


@require_safe
@never_cache
def badge(request: HttpRequest, code: str) -> HttpResponse:
    """The event of a badge's code; 404 with words for any other code."""
    known = read_code(code)
    event = event_of_code(known) if known else None
    response = render(request, "events/tickets/badge.html", {"event": event}, status=200 if event else 404)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
