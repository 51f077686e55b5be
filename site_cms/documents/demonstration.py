"""Papers of the demonstration symposium, and the pages that list them. What editors made is left alone."""

import tomllib
import uuid
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page
from wagtail.rich_text import RichText

from events.catalogue.models import Event
from events.typesetting.pdf import typeset
from events.typesetting.words import direction_of, words

from ..models import SiteDocument
from ..pages.indexing import index_pages, no_task_a_page
from ..pages.models import EventPage
from ..pages.more import DocumentsPage

SLUG = "documents"

_PLAN = Path(__file__).with_name("demo_documents.toml")


def publish_demo_documents() -> list[Page]:
    """Add the papers when the event has none, and the missing pages that list them, which are returned."""
    plan = tomllib.loads(_PLAN.read_text(encoding="utf-8"))
    event = Event.objects.filter(code=plan["event"], is_demonstration=True).first()
    if event is None:
        return []
    with no_task_a_page([DocumentsPage]), transaction.atomic():
        if not SiteDocument.objects.filter(event=event).exists():
            for entry in plan["document"]:
                _add_paper(event, entry)
        pages = _pages(event, plan["page"])
    index_pages(pages)
    return pages


def _add_paper(event: Event, entry: dict[str, Any]) -> None:
    """The paper in each language of its titles."""
    for language, title in entry["titles"].items():
        paper = SiteDocument(
            title=title,
            event=event,
            agenda_number=entry["number"],
            language=language,
            audience=entry.get("audience", SiteDocument.Audience.PUBLIC),
        )
        paper.file.save(
            "paper.pdf", ContentFile(_typeset(event, entry["number"], title, language)), save=False
        )
        paper._set_document_file_metadata()  # noqa: SLF001 - as Wagtail's own screens do
        paper.save()
        paper.file.close()


def _typeset(event: Event, number: str, title: str, language: str) -> bytes:
    with override(language):
        data = {
            "direction": direction_of(language),
            "event": words(event.title.text(), event.title.language()),
            "title": words(title, language),
            "number": words(number, language),
            "notice": words(_("Demonstration, not a real event"), language),
        }
        return typeset("journeys/demo/paper.typ", data)


def _pages(event: Event, texts: dict[str, dict[str, str]]) -> list[Page]:
    parents = EventPage.objects.filter(event=event).select_related("locale")
    existing = {parent.pk: DocumentsPage.objects.child_of(parent).first() for parent in parents}
    key = next((page.translation_key for page in existing.values() if page), uuid.uuid4())
    return [_add_page(parent, texts, key) for parent in parents if not existing[parent.pk]]


def _add_page(parent: EventPage, texts: dict[str, dict[str, str]], key: uuid.UUID) -> Page:
    language, now = parent.locale.language_code, timezone.now()
    page: Page = parent.add_child(
        instance=DocumentsPage(
            title=texts["title"][language],
            slug=SLUG,
            body=[("text", RichText(format_html("<p>{}</p>", texts["intro"][language])))],
            locale=parent.locale,
            translation_key=key,
            first_published_at=now,
            last_published_at=now,
        )
    )
    return page
