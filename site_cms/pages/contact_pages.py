"""The first contact form, in six languages. What editors made is left alone."""

import tomllib
import uuid
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html
from wagtail.models import Page
from wagtail.rich_text import RichText

from .contact import ContactField, ContactPage
from .indexing import index_pages, no_task_a_page
from .models import HomePage

SLUG = "contact"

_TEXTS = Path(__file__).with_name("contact_texts.toml")


def publish_contact_pages() -> list[Page]:
    """Make the missing contact forms, one below each home; those are returned."""
    texts = tomllib.loads(_TEXTS.read_text(encoding="utf-8"))
    with no_task_a_page([ContactPage]), transaction.atomic():
        existing = {page.locale_id: page for page in ContactPage.objects.all()}
        key = next((page.translation_key for page in existing.values()), uuid.uuid4())
        homes = HomePage.objects.select_related("locale").exclude(locale__in=existing)
        pages = [_add(home, texts, key) for home in homes]
    index_pages(pages)
    return pages


def _add(home: HomePage, texts: dict[str, Any], key: uuid.UUID) -> Page:
    language, now = home.locale.language_code, timezone.now()
    page = ContactPage(
        title=texts["title"][language],
        slug=SLUG,
        search_description=texts["intro"][language],
        body=[("text", RichText(format_html("<p>{}</p>", texts["intro"][language])))],
        to=texts["to"],
        thanks=texts["thanks"][language],
        locale=home.locale,
        translation_key=key,
        first_published_at=now,
        last_published_at=now,
    )
    page.form_fields = [
        ContactField(
            sort_order=place,
            clean_name=field["name"],
            field_type=field["type"],
            label=field["label"][language],
            choices="\n".join(field["choices"][language]) if "choices" in field else "",
        )
        for place, field in enumerate(texts["field"])
    ]
    added: Page = home.add_child(instance=page)
    return added
