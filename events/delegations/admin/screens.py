"""The list of delegations and the page of one."""

from collections.abc import Collection
from typing import Any, ClassVar

import django_filters
from django.db.models import Count, Model, Q, QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import registry

from ...access.listing import EXPORT, ChoosingIndexView, ScopedFilterSet
from ...access.object_pages import StaffInspectView
from ...access.roles import Act
from ...access.viewsets import ScopedViewSet
from ...catalogue.models import Event
from ...catalogue.regions import FaoRegion
from ...journeys.delegation.standing import moment_of, standing_of
from ...registration.models import Registration
from ...registration.states import HOLDS_PLACE, State
from ..link import address_of
from ..models import Delegation
from .acts import DELEGATION_ACTS
from .forms import DelegationForm
from .pages import LetterView, ManyView, PlacesView

Credentials = Delegation.Credentials

STANDINGS = (
    ("uninvited", _("Not invited yet")),
    ("nobody", _("Nobody nominated yet")),
    ("unconfirmed", _("Somebody has not confirmed yet")),
)


class DelegationFilterSet(ScopedFilterSet):
    """By event, credentials, region, and what is still to do."""

    event = django_filters.ModelChoiceFilter(label=_("Event"), queryset=Event.objects.all())
    region = django_filters.ChoiceFilter(
        label=_("FAO region"), choices=FaoRegion.choices, field_name="country__fao_region"
    )
    standing = django_filters.ChoiceFilter(label=_("To do"), choices=STANDINGS, method="by_standing")

    class Meta:
        model = Delegation
        fields = ("event", "standing", "credentials", "region", "needs_approval")

    def by_standing(self, rows: QuerySet[Delegation], name: str, value: str) -> QuerySet[Delegation]:
        """Those to be invited, without a nominee, or with one who has not confirmed."""
        if value == "uninvited":
            return rows.filter(invited_at__isnull=True)
        if value == "nobody":
            return rows.exclude(pk__in=_delegations_of(HOLDS_PLACE))
        return rows.filter(pk__in=_delegations_of({State.NOMINATED}))


def _delegations_of(states: Collection[State]) -> QuerySet[Registration, Any]:
    """The keys of delegations that have somebody in one of these states."""
    return Registration.objects.filter(delegation__isnull=False, state__in=states).values("delegation")


class DelegationIndexView(ChoosingIndexView):
    """Each delegation with how many people it sends."""

    def get_base_queryset(self) -> QuerySet[Model]:
        """Counted in the same query."""
        held = Q(registrations__state__in=HOLDS_PLACE)
        return (
            super()
            .get_base_queryset()
            .annotate(
                people=Count("registrations", filter=held),
                confirmed=Count("registrations", filter=Q(registrations__state=State.CONFIRMED)),
            )
        )

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Also many at once."""
        buttons = list(super().header_buttons)
        if self.user_has_permission("add"):
            url = reverse("delegation:many")
            buttons.append(HeaderButton(_("Add many"), url=url, icon_name="list-ul"))
        return buttons


class DelegationInspectView(StaffInspectView):
    """One delegation: its people, places, letter, and what was done."""

    object: Delegation

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its standing, and its history; the contact point's data for those who may write to them."""
        may_change = self.user_has_permission_for_instance("change", self.object)
        standing = standing_of(self.object)
        shows_link = self.request.user.is_superuser and self.object.event.is_demonstration
        return super().get_context_data(
            standing=standing,
            until=moment_of(self.object.event, standing.closes_at) if standing.closes_at else "–",
            may_change=may_change,
            letter_url=reverse("delegation:letter", args=(self.object.pk,)) if self.object.letter else "",
            page_url=address_of(self.object) if shows_link else "",
            done=registry.get_logs_for_instance(self.object).select_related("user"),
            **kwargs,
        )


class DelegationViewSet(ScopedViewSet):
    """Delegations. Nobody deletes one: its link is ended."""

    model = Delegation
    icon = "group"
    menu_label = _("Delegations")
    acts: ClassVar = {
        "view": Act.SEE_REGISTRATIONS,
        "add": Act.CHANGE_REGISTRATIONS,
        "change": Act.CHANGE_REGISTRATIONS,
        EXPORT: Act.EXPORT_REGISTRATIONS,
    }
    never = ("delete",)
    personal = "delegations"
    related = (
        "event",
        "country",
        "rppo",
        "contact_point__country",
        "contact_point__rppo",
    )
    row_acts = DELEGATION_ACTS
    index_view_class = DelegationIndexView
    inspect_view_class = DelegationInspectView
    base_form_class = DelegationForm
    index_template_name = "events/delegations/staff/index.html"
    inspect_template_name = "events/delegations/staff/inspect.html"
    inspect_view_enabled = True
    search_backend_name = None
    search_fields = ("country__iso2", "country__name", "rppo__acronym", "contact_point__name")
    filterset_class = DelegationFilterSet
    ordering = ("-event__start_date", "country__iso2", "rppo__acronym")
    list_display = (
        "party",
        Column("event", label=_("Event"), accessor="event.code", sort_key="event__code"),
        Column("contact_point", label=_("Contact point"), accessor="contact_point.name"),
        DateColumn("invited_at", label=_("Invited"), sort_key="invited_at"),
        Column("people", label=_("People"), sort_key="people"),
        Column("confirmed", label=_("Confirmed"), sort_key="confirmed"),
        StatusTagColumn(
            "credentials",
            label=_("Credentials"),
            accessor="get_credentials_display",
            sort_key="credentials",
            primary=lambda row: row.credentials == Credentials.ORIGINAL_SEEN,
        ),
    )
    list_export = (
        "event.code",
        "party",
        "contact_point.name",
        "contact_point.email",
        "contact_point.get_language_display",
        "invited_at",
        "people",
        "confirmed",
        "get_credentials_display",
        "letter_at",
    )
    export_headings: ClassVar = {
        "event.code": _("Event"),
        "party": _("Party or organization"),
        "contact_point.name": _("Contact point"),
        "contact_point.email": _("E-mail"),
        "contact_point.get_language_display": _("Language"),
        "people": _("People"),
        "confirmed": _("Confirmed"),
        "get_credentials_display": _("Credentials"),
    }
    export_filename = "delegations"
    panels: ClassVar = [
        FieldPanel("event"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("country"), FieldPanel("rppo")]), FieldPanel("contact_point")],
            heading=_("Party"),
            help_text=_("For a party without a contact point, choose an RPPO or an office of FAO."),
        ),
        MultiFieldPanel([FieldPanel("closes_at"), FieldPanel("needs_approval")], heading=_("Nominations")),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        """Also many at once, the places, and the letter."""
        return [
            *super().get_urlpatterns(),
            path("many/", self.construct_view(ManyView), name="many"),
            path("places/<int:pk>/", self.construct_view(PlacesView), name="places"),
            path("letter/<int:pk>/", self.construct_view(LetterView), name="letter"),
        ]
