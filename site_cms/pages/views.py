"""The lasting address of an event, and what search engines ask for."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from . import selectors
from .sitemap import page_entries, registration_entries


@require_safe
def event(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from the event's code, in any letter case, to its page in this language, else in English."""
    page = selectors.event_page(code, get_language() or "en")
    if page is None:
        raise Http404
    return redirect(page.get_url(request))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every live page in every language, and the programme and registration of events open for it."""
    entries = [*page_entries(request), *registration_entries()]
    return render(request, "site_cms/sitemap.xml", {"entries": entries}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers should leave alone, and where the site map is."""
    closed = [
        "/admin/",
        "/accounts/",
        "/door/",
        "/api/",
        "/b/",
        "/B/",
        "/*/r/",
        "/*/delegations/",
        "/*/search/",
    ]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain")
