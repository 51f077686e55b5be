"""The gate of a delegation's pages: whoever has the current link acts as the contact point."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ...delegations.models import Delegation
from ...delegations.selectors import delegation_by_token
from ..links import unknown_link

View = Callable[..., HttpResponseBase]


def by_link(*methods: str) -> Callable[[View], View]:
    """Give the view the delegation of the link; unknown, forged and revoked links get one same answer.

    So does what the view does not find: the page for any other address would repeat this one, with its
    secret. Posts need no token against forged requests: the address holds a secret that a forger would
    have to know, and a page without a referrer sends `Origin: null`, which Django takes for a stranger.
    """

    def gate(view: View) -> View:
        @csrf_exempt
        @require_http_methods([*methods, "HEAD"] if "GET" in methods else [*methods])
        @never_cache
        @wraps(view)
        def answer(request: HttpRequest, token: str, **kwargs: str) -> HttpResponseBase:
            delegation = delegation_by_token(token)
            try:
                response = _answer(view, request, delegation, **kwargs)
            except Http404:
                response = unknown_link()
            response["Referrer-Policy"] = "no-referrer"
            response["X-Robots-Tag"] = "noindex"
            return response

        return answer

    return gate


def _answer(
    view: View, request: HttpRequest, delegation: Delegation | None, **kwargs: str
) -> HttpResponseBase:
    return view(request, delegation, **kwargs) if delegation else unknown_link()
