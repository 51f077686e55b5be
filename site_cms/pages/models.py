"""Home, family and event pages. A page is the face of a row of the catalogue."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from .blocks import BODY_BLOCKS


class HomePage(Page):
    """What is next, by family."""

    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("text"))

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["site_cms.FamilyPage"]
    template = "site_cms/pages/home_page.html"

    class Meta:
        verbose_name = _("home page")


class FamilyPage(Page):
    """A family of events with its editions."""

    family = models.ForeignKey("events.Family", models.PROTECT, related_name="pages", verbose_name=_("family"))
    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("text"))

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("family"), FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["site_cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["site_cms.EventPage"]
    template = "site_cms/pages/family_page.html"

    class Meta:
        verbose_name = _("family page")


class EventPage(Page):
    """The face of one event in one language."""

    event = models.ForeignKey("events.Event", models.PROTECT, related_name="pages", verbose_name=_("event"))
    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("text"))

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("event"), FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["site_cms.FamilyPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "site_cms/pages/event_page.html"

    class Meta:
        verbose_name = _("event page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The event and what can be done with it now."""
        return {**super().get_context(request, *args, **kwargs), "event": self.event}
