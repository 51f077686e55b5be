"""The contact points, for registrars."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column

from ...access.listing import ScopedFilterSet
from ...access.viewsets import StaffViewSet
from ...catalogue.regions import FaoRegion
from ...registration.models import NAME_LENGTH
from ...typed.fields import EmailAddress, TextLine
from ..models import ContactPoint
from ..policy import RegistrarPolicy

Kind = ContactPoint.Kind

NEEDED: dict[str, tuple[str, Any]] = {
    Kind.OFFICIAL: ("country", _("Choose the country or territory.")),
    Kind.RPPO: ("rppo", _("Choose the organization.")),
    Kind.FAO_OFFICE: ("office", _("Enter the name of the office.")),
}


class ContactPointForm(WagtailAdminModelForm):
    """Who may nominate, and for whom they stand."""

    name = TextLine(label=_("Name"), longest=NAME_LENGTH)
    email = EmailAddress(label=_("E-mail address"))
    office = TextLine(label=_("Office"), longest=160, required=False, help_text=_("Of an office of FAO."))

    def clean(self) -> dict[str, Any]:
        """Need what goes with the kind, and nothing else."""
        cleaned = super().clean() or self.cleaned_data
        needed, words = NEEDED.get(cleaned.get("kind", ""), ("", ""))
        for name, nothing in (("country", None), ("rppo", None), ("office", "")):
            if name != needed:
                cleaned[name] = nothing
        if needed and not cleaned.get(needed) and not self.has_error(needed):
            self.add_error(needed, words)
        return cleaned


class ContactPointFilterSet(ScopedFilterSet):
    """By kind, region, language, and whether in office."""

    region = django_filters.ChoiceFilter(
        label=_("FAO region"), choices=FaoRegion.choices, field_name="country__fao_region"
    )

    class Meta:
        model = ContactPoint
        fields = ("kind", "region", "is_active", "language")


class ContactPointViewSet(StaffViewSet):
    """Contact points. Nobody deletes one: who leaves office stays in the record."""

    model = ContactPoint
    icon = "user"
    menu_label = _("Contact points")
    never = ("delete",)
    personal = "contact points"
    related = ("country", "rppo", "predecessor")
    base_form_class = ContactPointForm
    filterset_class = ContactPointFilterSet
    search_backend_name = None
    search_fields = ("name", "email", "office", "country__iso2", "rppo__acronym")
    ordering = ("country__iso2", "rppo__acronym", "office", "-pk")
    list_display = (
        Column("represents", label=_("Represents")),
        "name",
        Column("email", label=_("E-mail")),
        Column("language", label=_("Language"), accessor="get_language_display"),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        BooleanColumn("is_active", label=_("In office")),
        Column("predecessor", label=_("Predecessor"), accessor="predecessor.name"),
    )
    panels: ClassVar = [
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldRowPanel([FieldPanel("country"), FieldPanel("rppo")]),
                FieldPanel("office"),
            ],
            heading=_("Represents"),
        ),
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("email"), FieldPanel("language"), FieldPanel("is_active")],
            heading=_("Contact point"),
        ),
    ]

    def policy(self) -> RegistrarPolicy:
        """By any team."""
        return RegistrarPolicy(self.model, never=self.never)

    def get_permissions_to_register(self) -> QuerySet[Any]:
        """None: a group cannot give what only a team gives."""
        from django.contrib.auth.models import Permission

        return Permission.objects.none()
