"""Which pages the public may know of."""

from html import unescape
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.utils.html import strip_tags
from wagtail.models import Page

from events.catalogue.models import Event

from .models import EventPage

_NOT_WORDS = frozenset({"id", "type"})


def public_pages(pages: Any) -> Any:
    """Those of `pages` that are live and open to all, not on or below the page of a draft event."""
    return (
        pages.live().public().exclude(_at_or_below(EventPage.objects.filter(event__state=Event.State.DRAFT)))
    )


def real_pages(pages: Any) -> Any:
    """The same without what is on or below the page of a demonstration: for search engines."""
    return public_pages(pages).exclude(_at_or_below(EventPage.objects.filter(event__is_demonstration=True)))


def _at_or_below(pages: Any) -> Exists:
    """For a query of pages: whether the page is one of `pages` or stands below one."""
    return Exists(
        pages.annotate(of=ExpressionWrapper(OuterRef("path"), CharField()))
        .filter(of__startswith=F("path"))
        .order_by()
    )


def text_of(page: Page) -> str:
    """The words of a page's body, one block a line, from the stored JSON: a chosen image asks no query."""
    body = getattr(page, "body", None)
    return "\n".join(_words(list(body.raw_data))) if body else ""


def _words(value: Any) -> list[str]:
    if isinstance(value, str):
        text = unescape(strip_tags(value.replace("<", " <"))).strip()
        return [" ".join(text.split())] if text else []
    if isinstance(value, dict):
        return [word for key, part in value.items() if key not in _NOT_WORDS for word in _words(part)]
    return [word for part in value for word in _words(part)] if isinstance(value, list) else []
