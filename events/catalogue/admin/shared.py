"""Staff screens of what all events share: families, countries, their standings, RPPOs."""

from typing import ClassVar

from wagtail.admin.panels import FieldPanel, FieldRowPanel

from ...access.viewsets import CatalogueViewSet
from ..models import Country, Family, PartyStatus, Rppo


class FamilyViewSet(CatalogueViewSet):
    """Families of events."""

    model = Family
    icon = "folder-open-inverse"
    list_display = ("name", "slug", "accent", "position")
    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("accent"), FieldPanel("position")]),
    ]


class CountryViewSet(CatalogueViewSet):
    """Countries and territories, by their names at the United Nations."""

    model = Country
    icon = "globe"
    list_display = ("name", "iso2", "fao_region", "workshop_region", "income")
    list_filter = ("fao_region", "workshop_region", "income", "ldc", "lldc", "sids")
    search_backend_name = None
    search_fields = ("iso2", "iso3", "name", "formal_name")
    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("formal_name"),
        FieldRowPanel([FieldPanel("iso2"), FieldPanel("iso3"), FieldPanel("m49")]),
        FieldRowPanel([FieldPanel("fao_region"), FieldPanel("workshop_region")]),
        FieldPanel("income"),
        FieldRowPanel([FieldPanel("ldc"), FieldPanel("lldc"), FieldPanel("sids")]),
    ]


class PartyStatusViewSet(CatalogueViewSet):
    """Standings under the Convention, each from a date on."""

    model = PartyStatus
    icon = "history"
    related = ("country",)
    list_display = (
        "country",
        "status",
        "since",
        "basis",
    )
    list_filter = ("status", "country")
    panels: ClassVar = [
        FieldPanel("country"),
        FieldRowPanel([FieldPanel("status"), FieldPanel("since")]),
        FieldPanel("basis"),
    ]


class RppoViewSet(CatalogueViewSet):
    """Regional plant protection organizations."""

    model = Rppo
    icon = "site"
    list_display = ("acronym", "name", "area", "seat")
    panels: ClassVar = [FieldPanel("acronym"), FieldPanel("name"), FieldPanel("area"), FieldPanel("seat")]
