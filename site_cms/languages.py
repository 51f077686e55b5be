"""The language of a request."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language


class Languages(LocaleMiddleware):
    """Django's, except that a view's own 404 stays one.

    Django sends every 404 on to the same address below a language. The pages take any address
    there, so that a closed staff screen or an API's “not found” would become a redirect.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Seek the address below a language only when nobody serves it as it is."""
        if response.status_code != 404 or request.resolver_match is None:
            return super().process_response(request, response)
        patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", get_language() or "en")
        return response
