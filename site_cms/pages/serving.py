"""A page at its address, found from the home page of its language, which is kept for three seconds.

Wagtail reads the site, the language, the home page and the addresses of all sites anew for each request.
"""

from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from wagtail import views
from wagtail.models import Page, Site


@dataclass(frozen=True, slots=True)
class _Ground:
    """What an address is read on: the site, its home page in one language, where every site begins."""

    site: Site
    home: Page
    beginnings: list[Any]


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Wagtail's view, with what it would look up first. Raises Http404."""
    steps = [step for step in path.split("/") if step]
    # The home page itself is shown as it stands now.
    if steps:
        ground = _ground(request)
        # Where Wagtail keeps what it has once read for a request.
        vars(request).update(
            _wagtail_site=ground.site,
            _wagtail_cached_site_root_paths=ground.beginnings,
            _wagtail_route_for_request=ground.home.route(request, steps),
        )
    return views.serve(request, path)


def _ground(request: HttpRequest) -> _Ground:
    """A copy of its own for each request. Raises Http404 for a host without a site."""
    key = f"ground:{request.get_host()}:{get_language()}"
    ground: Any = caches["process"].get_or_set(key, lambda: _read(request))
    return ground


def _read(request: HttpRequest) -> _Ground:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return _Ground(site, site.root_page.localized.specific, Site.get_site_root_paths())
