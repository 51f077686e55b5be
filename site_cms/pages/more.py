"""News, standard pages, and the sub-pages of families and events."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from ..editing.forms import OwnEventForm
from .base import SitePage
from .with_text import IllustratedPage, TextPage


class StandardPage(TextPage):
    """A page of text: practical information of an event, or anything that is none of the other kinds."""

    parent_page_types: ClassVar[list[str]] = [
        "site_cms.HomePage",
        "site_cms.FamilyPage",
        "site_cms.EventPage",
        "site_cms.StandardPage",
    ]
    subpage_types: ClassVar[list[str]] = ["site_cms.StandardPage"]
    template = "site_cms/pages/standard_page.html"

    class Meta:
        verbose_name = _("standard page")

    def shows(self, request: HttpRequest) -> dict[str, Any]:
        """The event or page above, and the pages below."""
        from . import selectors

        return {
            **selectors.surroundings(self, request),
            "links": selectors.links_below(self, request),
        }


class NewsIndexPage(SitePage, Page):
    """The list of news, the newest first."""

    parent_page_types: ClassVar[list[str]] = ["site_cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["site_cms.NewsPage"]
    max_count_per_parent = 1
    template = "site_cms/pages/news_index_page.html"

    class Meta:
        verbose_name = _("list of news")

    def shows(self, request: HttpRequest) -> dict[str, Any]:
        """One page of the articles, of all years or of one."""
        from .news import news_context

        return news_context(self, request)


class NewsPage(IllustratedPage):
    """One article, of the whole site or about one event."""

    date = models.DateField(_("date"))
    summary = models.CharField(_("summary"), max_length=300)
    event = models.ForeignKey(
        "events.Event",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("about the event"),
    )

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("summary"),
        FieldPanel("event"),
        FieldPanel("image"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["site_cms.NewsIndexPage"]
    template = "site_cms/pages/news_page.html"
    base_form_class = OwnEventForm

    class Meta:
        verbose_name = _("news article")

    def shows(self, request: HttpRequest) -> dict[str, Any]:
        """The event that the article is about."""
        from . import selectors

        about = selectors.linked_event(self.event_id, request) if self.event_id else None
        return {"about": about}


class SpeakersPage(TextPage):
    """The speakers of the event above."""

    parent_page_types: ClassVar[list[str]] = ["site_cms.EventPage"]
    max_count_per_parent = 1
    template = "site_cms/pages/speakers_page.html"

    class Meta:
        verbose_name = _("speakers page")

    def shows(self, request: HttpRequest) -> dict[str, Any]:
        """The speakers by name, each with their sessions."""
        from . import selectors

        around = selectors.surroundings(self, request)
        return {**around, "speakers": selectors.speakers_of(around["event"])}


class DocumentsPage(TextPage):
    """The documents of the event above, by agenda number and language."""

    parent_page_types: ClassVar[list[str]] = ["site_cms.EventPage"]
    max_count_per_parent = 1
    template = "site_cms/pages/documents_page.html"

    class Meta:
        verbose_name = _("documents page")

    def shows(self, request: HttpRequest) -> dict[str, Any]:
        """The event above with its other pages, and its public documents in the language asked for."""
        from ..documents.selectors import documents_context
        from .selectors import surroundings

        around = surroundings(self, request)
        return {**around, **documents_context(around["event"], request.GET.get("language", ""))}


class ProposalsPage(TextPage):
    """The calendar of events that others hold for the family above, and the form to propose one."""

    parent_page_types: ClassVar[list[str]] = ["site_cms.FamilyPage"]
    max_count_per_parent = 1
    template = "site_cms/pages/proposals_page.html"

    class Meta:
        verbose_name = _("calendar of proposed events")

    def shows(self, request: HttpRequest) -> dict[str, Any]:
        """The events asked for."""
        from .proposing import calendar_context

        return calendar_context(self, request)
