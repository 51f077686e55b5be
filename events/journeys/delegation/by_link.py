"""The gate of a delegation's pages: whoever has the current link acts as the contact point."""

from collections.abc import Callable

from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ...delegations.selectors import delegation_by_token
from ..links import View, behind_link


def by_link(*methods: str) -> Callable[[View], View]:
    """Give the view the delegation of the link.

    Posts need no token against forged requests: the address holds a secret that a forger would
    have to know, and a page without a referrer sends `Origin: null`, which Django takes for a stranger.
    """
    allowed = require_http_methods([*methods, "HEAD"] if "GET" in methods else [*methods])

    def gate(view: View) -> View:
        return csrf_exempt(allowed(behind_link(delegation_by_token, view)))

    return gate
