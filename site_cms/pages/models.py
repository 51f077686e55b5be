"""Home, family and event pages. A page is the face of a row of the catalogue."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from .blocks import BODY_BLOCKS

# Addresses of the domain below a language: a page there would be shadowed without a word.
RESERVED_SLUGS = frozenset({"events", "r", "delegations"})


class HomePage(Page):
    """What is next, by family."""

    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("text"))

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("body")]
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
        """Find a family's or an event's page in one query; Wagtail would ask twice a level of the tree."""
        kinds: dict[int, Any] = {1: FamilyPage, 2: EventPage}
        kind = kinds.get(len(path_components))
        address = f"{self.url_path}{'/'.join(path_components)}/"
        page = kind.objects.live().select_related("locale").filter(url_path=address).first() if kind else None
        return RouteResult(page) if page else super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What is next, the families, and the latest events that are over."""
        from . import selectors

        today = timezone.now().date()
        coming = selectors.upcoming(today, request)
        return {
            **super().get_context(request, *args, **kwargs),
            "upcoming": coming,
            "families": selectors.families(coming, request),
            "past": selectors.recent(today, request),
        }


class FamilyPage(Page):
    """A family of events with its editions."""

    family = models.ForeignKey(
        "events.Family", models.PROTECT, related_name="pages", verbose_name=_("family")
    )
    image = models.ForeignKey(
        "site_cms.SiteImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("text"))

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

    class Meta:
        verbose_name = _("family page")

    def clean(self) -> None:
        """Refuse an address that the domain answers itself."""
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError(
                {"slug": _("This address belongs to the registration. Choose another one.")}
            )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The family's editions to come and past."""
        from . import selectors

        coming, past = selectors.editions(self.family, request)
        context = super().get_context(request, *args, **kwargs)
        return {**context, "family": self.family, "upcoming": coming, "past_by_year": past}


class EventPage(Page):
    """The face of one event in one language."""

    event = models.ForeignKey("events.Event", models.PROTECT, related_name="pages", verbose_name=_("event"))
    image = models.ForeignKey(
        "site_cms.SiteImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("text"))

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

    class Meta:
        verbose_name = _("event page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The event and what can be done with it now."""
        from . import selectors

        context = super().get_context(request, *args, **kwargs)
        return {**context, **selectors.event_context(self.event_id, request)}
