"""The first calendars of proposed events, in six languages. What editors made is left alone."""

import tomllib
import uuid
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html
from wagtail.models import Page
from wagtail.rich_text import RichText

from .indexing import index_pages, no_task_a_page
from .models import FamilyPage
from .more import ProposalsPage

FAMILY = "iyph"
SLUG = "calendar"

_TEXTS = Path(__file__).with_name("proposals_texts.toml")


def publish_proposals_pages() -> list[Page]:
    """Make the missing calendars of the International Year's family, below its pages; those are returned."""
    texts = tomllib.loads(_TEXTS.read_text(encoding="utf-8"))
    with no_task_a_page([ProposalsPage]), transaction.atomic():
        parents = FamilyPage.objects.filter(family__slug=FAMILY).select_related("locale")
        existing = {page.locale_id: page for page in ProposalsPage.objects.all()}
        key = next((page.translation_key for page in existing.values()), uuid.uuid4())
        pages = [_add(parent, texts, key) for parent in parents if parent.locale_id not in existing]
    index_pages(pages)
    return pages


def _add(parent: FamilyPage, texts: dict[str, dict[str, str]], key: uuid.UUID) -> Page:
    language, now = parent.locale.language_code, timezone.now()
    page: Page = parent.add_child(
        instance=ProposalsPage(
            title=texts["title"][language],
            slug=SLUG,
            search_description=texts["intro"][language],
            body=[("text", RichText(format_html("<p>{}</p>", texts["intro"][language])))],
            locale=parent.locale,
            translation_key=key,
            first_published_at=now,
            last_published_at=now,
        )
    )
    return page
