"""News, standard pages, and the sub-pages of families and events."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from .blocks import BODY_BLOCKS


class StandardPage(Page):
    """A page of text: practical information of an event, or anything that is none of the other kinds."""

    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("text"))

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("body")]
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


class NewsIndexPage(Page):
    """The list of news, the newest first."""

    content_panels: ClassVar[list[Any]] = [*Page.content_panels]
    parent_page_types: ClassVar[list[str]] = ["site_cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["site_cms.NewsPage"]
    max_count_per_parent = 1
    template = "site_cms/pages/news_index_page.html"

    class Meta:
        verbose_name = _("list of news")


class NewsPage(Page):
    """One article, of the whole site or about one event."""

    date = models.DateField(_("date"))
    summary = models.CharField(_("summary"), max_length=300)
    image = models.ForeignKey(
        "site_cms.SiteImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    event = models.ForeignKey(
        "events.Event",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("about the event"),
    )
    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("text"))

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("summary"),
        FieldPanel("event"),
        FieldPanel("image"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["site_cms.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "site_cms/pages/news_page.html"

    class Meta:
        verbose_name = _("news article")


class SpeakersPage(Page):
    """The speakers of the event above."""

    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("text"))

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["site_cms.EventPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    template = "site_cms/pages/speakers_page.html"

    class Meta:
        verbose_name = _("speakers page")


class DocumentsPage(Page):
    """The documents of the event above, by agenda number and language."""

    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("text"))

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["site_cms.EventPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    template = "site_cms/pages/documents_page.html"

    class Meta:
        verbose_name = _("documents page")


class ProposalsPage(Page):
    """The calendar of events that others hold for the family above, and the form to propose one."""

    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("text"))

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["site_cms.FamilyPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    template = "site_cms/pages/proposals_page.html"

    class Meta:
        verbose_name = _("calendar of proposed events")
