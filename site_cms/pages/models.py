"""Home, family and event pages. A page is the face of a row of the catalogue."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from ..editing.forms import OwnEventForm
from ..editing.previews import PreviewInArabic
from ..translation.fields import SAME_EVENT, SAME_FAMILY
from .with_text import IllustratedPage, TextPage


class HomePage(TextPage):
    """What is next, by family."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "site_cms.FamilyPage",
        "site_cms.NewsIndexPage",
        "site_cms.StandardPage",
        "site_cms.ContactPage",
    ]
    template = "site_cms/pages/home_page.html"

    class Meta:
        verbose_name = _("home page")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a page by its address in one or two queries; Wagtail would ask twice a level of the tree."""
        from . import selectors

        page = selectors.page_at(self, path_components) if path_components else None
        return RouteResult(page) if page else super().route(request, path_components)

    def shows(self, request: HttpRequest) -> dict[str, Any]:
        """What is next, the families, and the latest events that are over."""
        from .home import home_context

        return home_context(self, request)


class FamilyPage(IllustratedPage):
    """A family of events with its editions."""

    family = models.ForeignKey(
        "events.Family", models.PROTECT, related_name="pages", verbose_name=_("family")
    )

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("family"),
        FieldPanel("image"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["site_cms.HomePage"]
    subpage_types: ClassVar[list[str]] = [
        "site_cms.EventPage",
        "site_cms.ProposalsPage",
        "site_cms.StandardPage",
    ]
    template = "site_cms/pages/family_page.html"
    override_translatable_fields = SAME_FAMILY

    class Meta:
        verbose_name = _("family page")

    def shows(self, request: HttpRequest) -> dict[str, Any]:
        """The family's editions to come and past, and the pages below."""
        from . import selectors

        coming, past = selectors.editions(self.family, request)
        return {
            "family": self.family,
            "upcoming": coming,
            "past_by_year": past,
            "links": selectors.links_below(self, request),
        }


class EventPage(PreviewInArabic, IllustratedPage):
    """The face of one event in one language."""

    event = models.ForeignKey("events.Event", models.PROTECT, related_name="pages", verbose_name=_("event"))

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("event"),
        FieldPanel("image"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["site_cms.FamilyPage"]
    subpage_types: ClassVar[list[str]] = [
        "site_cms.StandardPage",
        "site_cms.SpeakersPage",
        "site_cms.DocumentsPage",
    ]
    template = "site_cms/pages/event_page.html"
    base_form_class = OwnEventForm
    override_translatable_fields = SAME_EVENT

    class Meta:
        verbose_name = _("event page")

    def shows(self, request: HttpRequest) -> dict[str, Any]:
        """The event and what can be done with it now."""
        from . import selectors

        return selectors.event_context(self, request)
