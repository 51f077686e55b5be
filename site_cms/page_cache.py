"""Public pages kept for three seconds in each process, so that a rush on a page costs one rendering.

Three seconds are short enough to need no invalidation: whoever reads "open" for an event that is full,
or an old text after publishing, does so for a moment only. Nobody who is signed in is served from here.
"""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control

Answer = Callable[[HttpRequest], HttpResponse]
Page = tuple[bytes, dict[str, str]]
"""The body and the headers."""

SECONDS = 3
LONGEST_ADDRESS = 300
LARGEST_PAGE = 300_000

_LANGUAGES = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)


class PageCache:
    """Answers the same anonymous GET again from memory, and tells browsers how to ask again.

    Stands above GZipMiddleware, so that a page is packed once, which stands above
    ConditionalGetMiddleware, which makes the ETag of the page before it is packed.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer from memory where that is allowed, else ask and remember."""
        if not _may_be_kept(request):
            return self.get_response(request)
        key = _key(request)
        page: Page | None = caches["process"].get(key)
        if page is None:
            response = self._ask_for_all(request)
            if not _is_public_page(response):
                return response
            page = _keep(key, response)
        return _answer(request, page)

    def _ask_for_all(self, request: HttpRequest) -> HttpResponse:
        """The whole page, even if the browser has it: what it has is looked at afterwards."""
        condition = request.META.pop("HTTP_IF_NONE_MATCH", None)
        response = self.get_response(request)
        if condition:
            request.META["HTTP_IF_NONE_MATCH"] = condition
        return response


def _keep(key: str, response: HttpResponse) -> Page:
    patch_cache_control(response, public=True, max_age=SECONDS)
    page = response.content, dict(response.items())
    if len(response.content) <= LARGEST_PAGE:
        caches["process"].set(key, page, SECONDS)
    return page


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    """The page, or 304 when the browser has it."""
    body, headers = page
    response = HttpResponse(body, headers=headers)
    return get_conditional_response(request, headers["ETag"], None, response) or response


def _may_be_kept(request: HttpRequest) -> bool:
    """Whether somebody anonymous asks for a page in a language."""
    return (
        request.method in {"GET", "HEAD"}
        and request.path_info.startswith(_LANGUAGES)
        and len(request.get_full_path()) <= LONGEST_ADDRESS
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "HTTP_AUTHORIZATION" not in request.META
    )


def _key(request: HttpRequest) -> str:
    """A name for all that a page may depend on: address, host, scheme, method, and how it may be packed."""
    packed = "gzip" if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "") else ""
    host = request.META.get("HTTP_HOST", "")
    depends_on = "\n".join([str(request.method), str(request.scheme), host, request.get_full_path(), packed])
    return f"page:{hashlib.sha256(depends_on.encode()).hexdigest()}"


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
