"""What every page of the site has besides Wagtail's own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLResolver, get_resolver
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageViewRestriction

from ..editing.forms import CheckedPageForm
from ..editing.publishing import ReviewedPage

_KEPT = frozenset({"events", "r", "delegations"})
"""Kept free for the domain, whether or not an address below is served yet."""


def reserved_slugs() -> frozenset[str]:
    """First parts of the addresses that the site itself answers below a language."""
    below_language = (
        route
        for resolver in get_resolver().url_patterns
        if isinstance(resolver, URLResolver) and hasattr(resolver.pattern, "prefix_default_language")
        for route in _routes(resolver)
    )
    return _KEPT | {route.partition("/")[0] for route in below_language if "<" not in route.partition("/")[0]}


def _routes(resolver: URLResolver) -> list[str]:
    """Routes directly below the resolver, those of its includes among them."""
    routes = []
    for pattern in resolver.url_patterns:
        here = str(pattern.pattern)
        routes += _routes(pattern) if isinstance(pattern, URLResolver) and not here else [here]
    return [route for route in routes if route and not route.startswith("^")]


class SitePage:
    """Mixed into every page type, before Wagtail's Page."""

    slug: str
    base_form_class = CheckedPageForm

    def clean(self) -> None:
        """Refuse an address that the site answers itself: the page would be shadowed without a word."""
        super().clean()  # type: ignore[misc]
        if self.slug in reserved_slugs():
            raise ValidationError({"slug": _("This address belongs to the site itself. Choose another one.")})

    def permissions_for_user(self, user: Any) -> ReviewedPage:
        """What the user may do with the page; to publish it takes a colleague."""
        return ReviewedPage(user, self)

    def get_view_restrictions(self) -> "QuerySet[PageViewRestriction]":
        """Those on the page and above it. Wagtail reads the pages above first; here only where any exists."""
        if not PageViewRestriction.objects.exists():
            return PageViewRestriction.objects.none()
        restrictions: Any = super().get_view_restrictions()  # type: ignore[misc]
        return restrictions

    def shows(self, request: HttpRequest) -> dict[str, Any]:
        """What the template of this kind of page is given, besides Wagtail's own."""
        return {}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """All that the template is given."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        return context | self.shows(request)
