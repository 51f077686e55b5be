"""What the site map lists: pages with their translations, and what is open for registration."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from events.catalogue.selectors import public_events
from events.catalogue.texts import LANGUAGES
from events.registration.selectors import terms_of, with_places

from .known import real_pages


@dataclass(frozen=True)
class Entry:
    """One full address with its twins by language; `modified` is ISO 8601 or ""."""

    location: str
    twins: dict[str, str]
    modified: str = ""


def page_entries(request: HttpRequest) -> Iterator[Entry]:
    """Every live page that everybody may read, except those of demonstrations."""
    pages = real_pages(Page.objects.filter(depth__gt=1)).exclude(newspage__event__is_demonstration=True)
    twins: dict[object, dict[str, str]] = {}
    found = []
    for page in pages.select_related("locale").order_by("path"):
        url = urljoin(settings.SITE_URL, page.get_url(request))
        twins.setdefault(page.translation_key, {})[page.locale.language_code] = url
        found.append((page, url))
    for page, url in found:
        yield Entry(
            url,
            twins[page.translation_key],
            page.last_published_at.isoformat() if page.last_published_at else "",
        )


def registration_entries() -> Iterator[Entry]:
    """The programme and the registration of every event open for registration, in each language."""
    events = with_places(public_events()).filter(is_demonstration=False).order_by("pk")
    opened = [event for event in events if terms_of(event).lets_in]
    for event, name in product(opened, ("programme", "register")):
        twins = {code: _address(name, event.code, code) for code in LANGUAGES}
        yield from (Entry(url, twins) for url in twins.values())


def _address(name: str, code: str, language: str) -> str:
    """The full address of a route of the event `code` in `language`."""
    with translation.override(language):
        return urljoin(settings.SITE_URL, reverse(name, args=[code]))
