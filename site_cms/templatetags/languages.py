"""The language switch and its twin for search engines: the same page in the other languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.urls import translate_url
from django.utils.translation import get_language
from wagtail.models import Page

from events.catalogue.texts import LANGUAGES

register = template.Library()


@dataclass(frozen=True)
class LanguageLink:
    """The way to this page in one language. `is_same_page` is false where a page above it stands in."""

    code: str
    name: str
    url: str
    is_current: bool
    is_same_page: bool = True

    @property
    def public_url(self) -> str:
        """The full public address, without a query: a filtered page is not a page of its own."""
        return urljoin(settings.SITE_URL, self.url.partition("?")[0])


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[LanguageLink]:
    """The six languages in order; none where the address knows no language (staff screens, the door)."""
    request, page = context.get("request"), context.get("page")
    if request is None:
        return []
    return _of_page(page, request) if isinstance(page, Page) else _of_address(request.get_full_path())


def _of_address(path: str) -> list[LanguageLink]:
    """The address `path` in each language."""
    current = get_language()
    urls = {code: translate_url(path, code) for code in LANGUAGES}
    if len(set(urls.values())) < len(LANGUAGES):
        return []
    return [LanguageLink(code, name, urls[code], code == current) for code, name in LANGUAGES.items()]


def _of_page(page: Page, request: HttpRequest) -> list[LanguageLink]:
    """The page's translations; a language without one leads to the nearest page above that has one."""
    nearest = {other.locale.language_code: other for other in _translated_line(page)}
    return [
        LanguageLink(
            code=code,
            name=name,
            url=nearest[code].get_url(request) or "",
            is_current=nearest[code].pk == page.pk,
            is_same_page=nearest[code].translation_key == page.translation_key,
        )
        for code, name in LANGUAGES.items()
        if code in nearest
    ]


def _translated_line(page: Page) -> Iterable[Page]:
    """The live translations of the page and of the pages above it, from the top down; one query."""
    line = Page.objects.ancestor_of(page, inclusive=True).filter(depth__gt=1).order_by()
    return (
        Page.objects.live()
        .filter(translation_key__in=line.values("translation_key"))
        .select_related("locale")
        .only("depth", "url_path", "translation_key", "locale__language_code")
        .order_by("depth")
    )
