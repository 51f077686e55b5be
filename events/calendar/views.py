"""Feeds over HTTP: public ones with validators, the personal one never stored."""

from calendar import timegm
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from ..catalogue.texts import LANGUAGES
from ..registration.selectors import registration_by_token
from . import selectors
from .selectors import Feed

CONTENT_TYPE = "text/calendar; charset=utf-8"


@require_safe
def all_events(request: HttpRequest) -> HttpResponse:
    """The days of every event."""
    language = _language(request)
    return _answer(request, selectors.all_feed(language), language, "ippc-events")


@require_safe
def family(request: HttpRequest, slug: str) -> HttpResponse:
    """The days of a family's events."""
    language = _language(request)
    return _answer(request, selectors.family_feed(slug, language), language, slug)


@require_safe
def event(request: HttpRequest, code: str) -> HttpResponse:
    """One event and its programme."""
    language = _language(request)
    return _answer(request, selectors.event_feed(code, language), language, code)


@require_safe
def personal(request: HttpRequest, token: str) -> HttpResponse:
    """The event of one registration, for whoever holds its personal link."""
    registration = registration_by_token(token)
    if registration is None:
        raise Http404
    response = HttpResponse(selectors.personal_feed(registration), content_type=CONTENT_TYPE)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Language"] = registration.language
    return response


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("lang", "").lower()
    return wanted if wanted in LANGUAGES else "en"


def _answer(request: HttpRequest, feed: Feed | None, language: str, name: str) -> HttpResponse:
    if feed is None:
        raise Http404
    response = HttpResponse(feed.body, content_type=CONTENT_TYPE)
    response["ETag"] = feed.etag
    response["Cache-Control"] = "public, max-age=300"
    response["Content-Language"] = language
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    changed = timegm(feed.changed.utctimetuple()) if feed.changed else None
    if changed is not None:
        response["Last-Modified"] = http_date(changed)
    return cast(HttpResponse, get_conditional_response(request, feed.etag, changed, response))
