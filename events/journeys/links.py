"""Pages behind a secret in the address: one same answer for every link that opens nothing."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponseBase]


def behind_link(find: Callable[[str], object | None], view: View) -> View:
    """Give `view` what the link's token finds; unknown, forged and revoked links get one same answer.

    So does what `view` does not find: the page for any other address would repeat this one, with its secret.
    """

    @wraps(view)
    @never_cache
    def answer(request: HttpRequest, token: str, **named: Any) -> HttpResponseBase:
        found = find(token)
        try:
            response = view(request, found, **named) if found else unknown_link()
        except Http404:
            response = unknown_link()
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


def unknown_link() -> HttpResponse:
    """Drawn without the request, so that nothing of the address is in it."""
    return HttpResponse(render_to_string("events/journeys/unknown_link.html"), status=HTTPStatus.NOT_FOUND)


def file(body: bytes, mimetype: str, name: str) -> HttpResponse:
    """A file to keep."""
    return HttpResponse(
        body, content_type=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def as_private(response: HttpResponse) -> HttpResponse:
    """For a page whose form is checked against forged requests: browsers tell the site, not the address."""
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
