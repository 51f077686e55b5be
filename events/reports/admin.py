"""Staff screens of figures that were recorded or published elsewhere."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column

from ..access.roles import Act
from ..access.viewsets import CatalogueViewSet, ScopedViewSet
from .models import PublishedFigure, RecordedFigure


class RecordedFigureViewSet(ScopedViewSet):
    """Known counts of events held without this system. Those without an event are for superusers."""

    model = RecordedFigure
    icon = "clipboard-list"
    acts: ClassVar = {
        "view": Act.SEE_FIGURES,
        "add": Act.EDIT_EVENT,
        "change": Act.EDIT_EVENT,
        "delete": Act.EDIT_EVENT,
    }
    related = ("event", "family")
    list_display = (
        "label",
        "year",
        Column("family", label=_("Family"), accessor="family.name"),
        "participants",
        "countries",
        "women",
        "source",
    )
    list_filter = ("year", "family", "workshop_region")
    panels: ClassVar = [
        FieldPanel("event"),
        FieldRowPanel([FieldPanel("family"), FieldPanel("year")]),
        FieldPanel("label"),
        FieldPanel("workshop_region"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("participants"), FieldPanel("countries"), FieldPanel("women")])],
            heading=_("Counts"),
            help_text=_("Leave empty what was not found: it is then reported as missing, never as zero."),
        ),
        FieldPanel("source"),
    ]


class PublishedFigureViewSet(CatalogueViewSet):
    """Totals that the Secretariat published."""

    model = PublishedFigure
    icon = "doc-full-inverse"
    related = ("family",)
    list_display = (
        "year",
        Column("family", label=_("Family"), accessor="family.name"),
        "participants",
        "countries",
        "source",
    )
    panels: ClassVar = [
        FieldRowPanel([FieldPanel("family"), FieldPanel("year")]),
        FieldRowPanel([FieldPanel("participants"), FieldPanel("countries")]),
        FieldPanel("source"),
        FieldPanel("definition"),
    ]
