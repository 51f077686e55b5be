"""Giving the rows of the catalogue their first pages, in six languages. What editors made is left alone."""

import tomllib
import uuid
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site
from wagtail.rich_text import RichText

from events.catalogue.models import Event, Family
from events.catalogue.selectors import public_events
from events.catalogue.texts import Texts

from .first_pages import KINDS, add_first_pages, add_page, paragraphs
from .indexing import index_pages, no_task_a_page
from .models import EventPage, FamilyPage, HomePage

_TEXTS = Path(__file__).with_name("first_texts.toml")

_HOME_TITLES = Texts(
    {
        "en": "IPPC Events",
        "fr": "Événements de la CIPV",
        "es": "Eventos de la CIPF",
        "ar": "فعاليات الاتفاقية الدولية لوقاية النباتات",
        "zh-hans": "国际植保公约活动",
        "ru": "Мероприятия МККЗР",
    }
)


def publish_catalogue_pages() -> list[Page]:
    """Make the live pages that are missing, in every language: the catalogue’s, topics, news and the like.

    Returns the pages made. A page that exists is not touched, whatever its title, place or state.
    """
    with no_task_a_page([HomePage, FamilyPage, EventPage, *KINDS.values()]), transaction.atomic():
        locales = _locales()
        homes, new_homes = _homes(locales)
        families, new_families = _family_pages(locales, homes)
        pages = [*new_homes, *new_families, *_event_pages(locales, families)]
        pages += add_first_pages(locales, homes)
        _serve_from(homes["en"])
    index_pages(pages)
    return pages


def _locales() -> dict[str, Locale]:
    """The locale of each language, English first."""
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}


def _homes(locales: Mapping[str, Locale]) -> tuple[dict[str, HomePage], list[Page]]:
    """The home page of each language, and those that were made."""
    homes = {page.locale.language_code: page for page in HomePage.objects.select_related("locale")}
    key = next((home.translation_key for home in homes.values()), uuid.uuid4())
    root = Page.get_first_root_node()
    new: list[Page] = []
    for language, locale in locales.items():
        if language not in homes:
            page = HomePage(body=_body("home", language=language), **_face(_HOME_TITLES, language, language))
            new.append(add_page(root, page, locale, key))
            homes[language] = page
    return homes, new


def _family_pages(
    locales: Mapping[str, Locale], homes: Mapping[str, HomePage]
) -> tuple[dict[tuple[int, str], FamilyPage], list[Page]]:
    """The page of each family (by primary key) in each language, and those that were made."""
    pages = {
        (page.family_id, page.locale.language_code): page
        for page in FamilyPage.objects.select_related("locale")
    }
    keys = {pk: page.translation_key for (pk, _language), page in pages.items()}
    new: list[Page] = []
    for family in Family.objects.all():
        key = keys.get(family.pk, uuid.uuid4())
        for language, locale in locales.items():
            if (family.pk, language) not in pages:
                page = FamilyPage(
                    family=family,
                    search_description=family.summary.text(language),
                    body=_body("family", family.slug, language=language),
                    **_face(family.name, language, family.slug),
                )
                new.append(add_page(homes[language], page, locale, key))
                pages[family.pk, language] = page
    return pages, new


def _event_pages(locales: Mapping[str, Locale], families: Mapping[tuple[int, str], FamilyPage]) -> list[Page]:
    """The event pages that were made."""
    existing = {
        (pk, language): key
        for pk, language, key in EventPage.objects.values_list(
            "event_id", "locale__language_code", "translation_key"
        )
    }
    keys = {pk: key for (pk, _language), key in existing.items()}
    new: list[Page] = []
    for event in public_events().order_by("start_date", "code"):
        key = keys.get(event.pk, uuid.uuid4())
        for language, locale in locales.items():
            if (event.pk, language) not in existing:
                page = _event_page(event, language)
                new.append(add_page(families[event.family_id, language], page, locale, key))
    return new


def _event_page(event: Event, language: str) -> EventPage:
    return EventPage(
        event=event,
        body=_body("event", event.code, language=language),
        **_face(event.title, language, event.code.lower()),
    )


def _face(title: Texts, language: str, slug: str) -> dict[str, Any]:
    now = timezone.now()
    return {"title": title.text(language), "slug": slug, "first_published_at": now, "last_published_at": now}


def _serve_from(home: HomePage) -> None:
    """Let the default site begin at `home`; Wagtail's welcome page goes when it is still Wagtail's own."""
    if not Site.objects.filter(root_page__in=HomePage.objects.all()).exists():
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={"hostname": "localhost", "port": 80, "root_page": home, "site_name": "IPPC Events"},
        )
    plain = ContentType.objects.get_for_model(Page)
    for welcome in Page.objects.filter(depth=2, slug="home", content_type=plain, numchild=0):
        welcome.delete()


def _body(*address: str, language: str) -> list[tuple[str, RichText]]:
    """The first text at `address` in first_texts.toml as a stream of one block; empty where there is none."""
    texts: Mapping[str, Any] = _first_texts()
    for step in address:
        texts = texts.get(step, {})
    found: list[str] = texts.get(language, [])
    return [("text", RichText(paragraphs(found)))] if found else []


@cache
def _first_texts() -> dict[str, Any]:
    with _TEXTS.open("rb") as file:
        return tomllib.load(file)
