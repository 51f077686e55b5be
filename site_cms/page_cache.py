"""Public pages kept for three seconds in each process, so that a rush on a page costs one rendering.

Three seconds are short enough to need no invalidation: whoever reads "open" for an event that is full,
or an old text after publishing, does so for a moment only. Nobody who is signed in is served from here.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control

Answer = Callable[[HttpRequest], HttpResponse]

MOST_PAGES = 500
LONGEST_ADDRESS = 300
LARGEST_PAGE = 300_000

_LANGUAGES = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was rendered, until `expires` (seconds of the monotonic clock)."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str
    expires: float

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The page again, or 304 when the browser has it."""
        response = HttpResponse(self.body)
        del response["Content-Type"]
        for name, value in self.headers:
            response[name] = value
        return get_conditional_response(request, self.etag, None, response) or response


class PageCache:
    """Answers the same anonymous GET again from memory, and tells browsers how to ask again.

    Stands above GZipMiddleware, so that a page is packed once, which stands above
    ConditionalGetMiddleware, which makes the ETag of the page before it is packed.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.pages: OrderedDict[tuple[str, ...], Kept] = OrderedDict()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer from memory where that is allowed, else ask and remember."""
        if not _may_be_kept(request):
            return self.get_response(request)
        key = _key(request)
        kept = self.pages.get(key)
        if kept and kept.expires > time.monotonic():
            return kept.answer(request)
        # The page is wanted whole, to be kept; what the browser has is looked at afterwards.
        condition = request.META.pop("HTTP_IF_NONE_MATCH", None)
        response = self.get_response(request)
        if condition:
            request.META["HTTP_IF_NONE_MATCH"] = condition
        if not _is_public_page(response):
            return response
        return self._remember(key, response).answer(request)

    def _remember(self, key: tuple[str, ...], response: HttpResponse) -> Kept:
        seconds = settings.PAGE_CACHE_SECONDS
        patch_cache_control(response, public=True, max_age=seconds)
        expires = time.monotonic() + seconds
        page = Kept(response.content, tuple(response.items()), response["ETag"], expires)
        if seconds and len(page.body) <= LARGEST_PAGE:
            self.pages[key] = page
            self.pages.move_to_end(key)
            while len(self.pages) > MOST_PAGES:
                self.pages.popitem(last=False)
        return page


def _may_be_kept(request: HttpRequest) -> bool:
    """Whether somebody anonymous asks for a page in a language."""
    return (
        request.method in {"GET", "HEAD"}
        and request.path_info.startswith(_LANGUAGES)
        and len(request.get_full_path()) <= LONGEST_ADDRESS
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "HTTP_AUTHORIZATION" not in request.META
    )


def _key(request: HttpRequest) -> tuple[str, ...]:
    """All that a page may depend on: address, host, scheme, method, and how it may be packed."""
    packed = "gzip" if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "") else ""
    host = request.META.get("HTTP_HOST", "")
    return (request.get_full_path(), host, str(request.scheme), str(request.method), packed)


def _is_public_page(response: HttpResponse) -> bool:
    """Whether the answer is a whole page that holds nothing of one visitor."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.has_header("ETag")
        and not response.has_header("Cache-Control")
        and "cookie" not in response.get("Vary", "").lower()
        and response.get("Content-Type", "").startswith("text/html")
    )
