"""Staff screens of families, events, categories of participant, countries and RPPOs."""

import zoneinfo
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, StatusTagColumn

from ..access.forms import ScopedForm
from ..access.listing import StaffIndexView
from ..access.roles import Act
from ..access.viewsets import CatalogueViewSet, ScopedViewSet
from ..journeys.event_acts.screens import LeavesToActs, WithActs
from ..registration.models import Counter
from ..registration.services import set_capacity
from .local_times import LocalTimes
from .models import Category, Country, Event, Family, PartyStatus, Rppo, zone_names
from .texts import LANGUAGES


class WithPlaces(ScopedForm):
    """A form with the number of places of an event or a category, kept in its counter."""

    places = forms.IntegerField(
        label=_("Places"),
        min_value=0,
        max_value=100_000,
        required=False,
        help_text=_("Empty: without limit."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counter = self.find_counter() if self.instance.pk else None
        if self.counter:
            self.initial["places"] = self.counter.capacity
            self.fields["places"].help_text = ngettext(
                "%(taken)d is taken. Empty: without limit.",
                "%(taken)d are taken. Empty: without limit.",
                self.counter.taken,
            ) % {"taken": self.counter.taken}

    def find_counter(self) -> Counter | None:
        """The counter of the row."""
        raise NotImplementedError

    def clean_places(self) -> int | None:
        """Refuse fewer places than are taken."""
        places: int | None = self.cleaned_data["places"]
        if self.counter and places is not None and places < self.counter.taken:
            raise too_few(self.counter.taken)
        return places

    def keep_places(self, event: Event, category: Category | None) -> None:
        """Set the counter; raises ValidationError when a place was taken since the form was checked."""
        try:
            set_capacity(event=event, category=category, capacity=self.cleaned_data["places"])
        except IntegrityError:
            raise ValidationError({"places": too_few(self.cleaned_data["places"] + 1)}) from None


def too_few(taken: int) -> ValidationError:
    """Why fewer places cannot be kept."""
    message = ngettext(
        "At least %(taken)d place is taken already. Enter at least as many.",
        "At least %(taken)d places are taken already. Enter at least as many.",
        taken,
    )
    return ValidationError(message, params={"taken": taken})


class EventForm(LeavesToActs, LocalTimes, WithPlaces):
    """An event with its places. Its code never changes; times are those of the event's zone."""

    local_times = ("registration_opens_at", "registration_closes_at")
    languages = forms.MultipleChoiceField(
        label=_("Working languages"),
        choices=LANGUAGES.items(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].widget = forms.Select(choices=[(name, name) for name in sorted(zone_names())])
        if self.instance.pk:
            self.fields["code"].disabled = True

    def zone(self) -> zoneinfo.ZoneInfo | None:
        """As typed, else as stored."""
        name = getattr(self, "cleaned_data", {}).get("zone") or self.instance.zone
        return zoneinfo.ZoneInfo(name) if name in zone_names() else None

    def find_counter(self) -> Counter | None:
        """The event's own."""
        return Counter.objects.filter(event=self.instance, category=None, delegation=None).first()

    @transaction.atomic
    def save(self, commit: bool = True) -> Event:  # noqa: FBT001, FBT002 - Django's signature
        """The event and its counter together."""
        event: Event = super().save(commit)
        self.keep_places(event, None)
        return event


class CategoryForm(WithPlaces):
    """A category with its places."""

    def find_counter(self) -> Counter | None:
        """The category's own."""
        return Counter.objects.filter(category=self.instance, delegation=None).first()

    @transaction.atomic
    def save(self, commit: bool = True) -> Category:  # noqa: FBT001, FBT002 - Django's signature
        """The category and its counter together."""
        category: Category = super().save(commit)
        self.keep_places(category.event, category)
        return category


class EventViewSet(WithActs, ScopedViewSet):
    """Events. Nobody deletes one: it is cancelled, or stays a draft."""

    model = Event
    icon = "calendar-alt"
    event_path = "pk"
    acts: ClassVar = {"view": Act.SEE_EVENT, "change": Act.EDIT_EVENT}
    never = ("delete",)
    related = ("family",)
    base_form_class = EventForm
    list_display = (
        "title",
        Column("code", label=_("Code"), sort_key="code"),
        DateColumn("start_date", label=_("First day"), sort_key="start_date"),
        Column("place", label=_("Place")),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            sort_key="state",
            primary=lambda event: event.state == Event.State.ANNOUNCED,
        ),
        Column("family", label=_("Family"), accessor="family.name"),
    )
    list_filter = ("family", "state", "mode")
    search_backend_name = None
    search_fields = ("code", "title")
    ordering = ("-start_date", "code")
    panels: ClassVar = [
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldRowPanel([FieldPanel("code"), FieldPanel("family")]),
                FieldPanel("state"),
            ],
            heading=_("Event"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start_date"), FieldPanel("end_date")]),
                FieldPanel("zone"),
                FieldPanel("mode"),
                FieldPanel("place"),
                FieldPanel("venue"),
                FieldRowPanel([FieldPanel("country"), FieldPanel("workshop_region")]),
                FieldPanel("languages"),
            ],
            heading=_("When and where"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("registration_opens_at"), FieldPanel("registration_closes_at")],
                ),
                FieldPanel("places"),
                FieldPanel("asks_nationality"),
            ],
            heading=_("Registration"),
            help_text=_("Times are local times of the event, in the time zone chosen above."),
        ),
        MultiFieldPanel([FieldPanel("parent"), FieldPanel("accent"), FieldPanel("note")], heading=_("More")),
    ]


def places_of(category: Category) -> str:
    """How many places are taken of how many, such as `12 / 50`."""
    if not category.own_counters:  # type: ignore[attr-defined] # prefetched
        return ""
    counter = category.own_counters[0]  # type: ignore[attr-defined]
    return f"{counter.taken} / {'∞' if counter.capacity is None else counter.capacity}"


class CategoryIndexView(StaffIndexView):
    """Categories with their places."""

    def get_base_queryset(self) -> QuerySet[Model]:
        """Each with its own counter, not those of delegations: one query more."""
        own = Prefetch("counters", Counter.objects.filter(delegation=None), to_attr="own_counters")
        return super().get_base_queryset().prefetch_related(own)


class CategoryViewSet(ScopedViewSet):
    """Categories of participant."""

    model = Category
    icon = "tag"
    acts: ClassVar = {
        "view": Act.SEE_EVENT,
        "add": Act.EDIT_EVENT,
        "change": Act.EDIT_EVENT,
        "delete": Act.EDIT_EVENT,
    }
    related = ("event",)
    index_view_class = CategoryIndexView
    base_form_class = CategoryForm
    list_display = (
        "label",
        Column("letter", label=_("Letter")),
        Column("event", label=_("Event"), accessor="event.code", sort_key="event__code"),
        BooleanColumn("needs_approval", label=_("Needs approval")),
        Column("places", label=_("Taken / places"), accessor=places_of),
    )
    list_filter = ("event", "needs_approval")
    panels: ClassVar = [
        FieldPanel("event"),
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("letter"), FieldPanel("colour"), FieldPanel("position")]),
        FieldPanel("places"),
        FieldPanel("needs_approval"),
    ]


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
