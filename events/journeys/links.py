"""Pages behind a secret in the address: one same answer for every link that opens nothing."""

from http import HTTPStatus

from django.http import HttpResponse
from django.template.loader import render_to_string


def unknown_link() -> HttpResponse:
    """Drawn without the request, so that nothing of the address is in it."""
    return HttpResponse(render_to_string("events/journeys/unknown_link.html"), status=HTTPStatus.NOT_FOUND)


def as_private(response: HttpResponse) -> HttpResponse:
    """For a page whose form is checked against forged requests: browsers tell the site, not the address."""
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
