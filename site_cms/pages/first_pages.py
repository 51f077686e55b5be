"""The first pages besides those of the catalogue: topics, news, practical information."""

import tomllib
import uuid
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.html import format_html_join
from wagtail.models import Locale, Page

from events.catalogue.models import Event

from .models import EventPage, HomePage
from .more import NewsIndexPage, NewsPage, SpeakersPage, StandardPage

_PLAN = Path(__file__).with_name("first_pages.toml")
_SPACE = uuid.UUID("8f6f0c52-5a1c-4b67-9f0a-5d8d6a2f7b11")
"""Makes a page’s translation key from its key in the plan: what editors moved or renamed is known again."""

KINDS = {kind.__name__: kind for kind in (NewsIndexPage, NewsPage, SpeakersPage, StandardPage)}


def add_first_pages(locales: Mapping[str, Locale], homes: Mapping[str, HomePage]) -> list[Page]:
    """Make the pages of the plan that are missing, live, in every language; returns those made.

    A page of an event is made where the event has its page. What exists is not touched.
    """
    plan = _plan()
    keys = {entry["key"]: uuid.uuid5(_SPACE, entry["key"]) for entry in plan}
    known = {
        (page.translation_key, page.locale_id): page
        for page in Page.objects.filter(translation_key__in=keys.values())
    }
    of_events = _event_pages(plan)
    events = dict(Event.objects.values_list("code", "pk"))
    new: list[Page] = []
    for entry, (language, locale) in ((entry, each) for entry in plan for each in locales.items()):
        key = keys[entry["key"]]
        parent: Any = homes[language]
        if "event" in entry:
            parent = of_events.get((entry["event"], language))
        elif "parent" in entry:
            parent = known.get((keys[entry["parent"]], locale.pk))
        if parent is None or (key, locale.pk) in known:
            continue
        page = _page(entry, language, parent, events)
        new.append(add_page(parent, page, locale, key))
        known[key, locale.pk] = page
    return new


def add_page(parent: Page, page: Page, locale: Locale, key: uuid.UUID) -> Page:
    """Put a page below its parent, as a translation of the pages with the same key."""
    page.locale, page.translation_key = locale, key
    parent.add_child(instance=page)
    return page


def paragraphs(texts: list[str]) -> str:
    """The HTML of plain paragraphs."""
    return format_html_join("", "<p>{}</p>", ((text,) for text in texts))


def in_language(value: Any, language: str) -> Any:
    """What the plan holds for one language, with paragraphs as HTML."""
    if isinstance(value, dict):
        if "en" in value:
            return in_language(value[language], language)
        return {name: in_language(each, language) for name, each in value.items()}
    if isinstance(value, list):
        each_in_language = [in_language(each, language) for each in value]
        return paragraphs(value) if all(isinstance(each, str) for each in value) else each_in_language
    return value


def _page(entry: Mapping[str, Any], language: str, parent: Page, events: Mapping[str, int]) -> Page:
    now = timezone.now()
    fields: dict[str, Any] = {
        "title": entry["title"][language],
        "slug": entry["slug"],
        "search_description": entry["summary"][language],
        "show_in_menus": entry.get("in_menus", False),
        "first_published_at": now,
        "last_published_at": now,
    }
    kind = KINDS[entry["kind"]]
    if kind is NewsPage:
        fields |= {"date": entry["date"], "summary": entry["summary"][language]}
        fields["event_id"] = events.get(entry["about"])
    page = kind(**fields)
    if "block" in entry:
        page.body = page.body.stream_block.to_python(list(_blocks(entry["block"], language, parent)))
    return page


def _blocks(blocks: list[Mapping[str, Any]], language: str, parent: Page) -> Iterator[dict[str, Any]]:
    """The blocks as the database keeps them; a registration is that of the event's page right above."""
    for block in blocks:
        value = in_language(block["value"], language)
        if block["type"] == "action":
            value["registration"] = parent.pk
        yield {"type": block["type"], "value": value}


def _event_pages(plan: list[Mapping[str, Any]]) -> dict[tuple[str, str], EventPage]:
    """The pages of the events in the plan, by code and language."""
    codes = {entry["event"] for entry in plan if "event" in entry}
    pages = EventPage.objects.filter(event__code__in=codes).select_related("event", "locale")
    return {(page.event.code, page.locale.language_code): page for page in pages}


@cache
def _plan() -> list[Mapping[str, Any]]:
    with _PLAN.open("rb") as file:
        plan: list[Mapping[str, Any]] = tomllib.load(file)["page"]
    return plan
