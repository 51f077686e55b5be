"""The picture of an event, and the feed of news."""

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from events.catalogue.poster import draw_poster, poster_content, poster_digest
from events.catalogue.selectors import event_by_code

from .feed import NewsFeed

__all__ = ["NewsFeed", "picture"]

_KEPT_SECONDS = 7 * 24 * 60 * 60


@require_safe
def picture(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """The event's picture in this language. It is drawn anew when a word or a date on it changes."""
    event = event_by_code(code)
    if event is None:
        raise Http404
    content = poster_content(event, language)
    digest = poster_digest(content)
    etag = f'"{digest}"'
    unchanged = get_conditional_response(request, etag, None, None)
    if unchanged is not None:
        return unchanged
    png = cache.get(f"poster:{digest}")
    if png is None:
        png = draw_poster(content)
        cache.set(f"poster:{digest}", png, _KEPT_SECONDS)
    response = HttpResponse(png, content_type="image/png")
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=3600"
    return response
