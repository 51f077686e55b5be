"""The staff screen of categories of participant."""

import zoneinfo
from typing import ClassVar

from django.db import transaction
from django.db.models import Model, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column

from ...access.listing import StaffIndexView
from ...access.roles import Act
from ...access.viewsets import ScopedViewSet
from ...registration.models import Counter
from ..local_times import LocalTimes
from ..models import Category
from .places import WithPlaces


class CategoryForm(LocalTimes, WithPlaces):
    """A category with its places and its rules. Times are those of the event's zone."""

    local_times = ("opens_at", "closes_at")

    def zone(self) -> zoneinfo.ZoneInfo | None:
        """The event's, once it is chosen."""
        stored = self.instance.event if self.instance.pk else None
        event = getattr(self, "cleaned_data", {}).get("event") or stored
        return event.tz if event else None

    def find_counter(self) -> Counter | None:
        """The category's own."""
        return Counter.objects.filter(category=self.instance, delegation=None).first()

    @transaction.atomic
    def save(self, commit: bool = True) -> Category:  # noqa: FBT001, FBT002 - Django's signature
        """The category and its counter together."""
        category: Category = super().save(commit)
        self.keep_places(category.event, category)
        return category


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
        Column("audience", label=_("Who may register"), accessor="get_audience_display"),
        BooleanColumn("needs_approval", label=_("Needs approval")),
        Column("places", label=_("Taken / places"), accessor=places_of),
    )
    list_filter = ("event", "audience", "needs_approval")
    panels: ClassVar = [
        FieldPanel("event"),
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("letter"), FieldPanel("colour"), FieldPanel("position")]),
        MultiFieldPanel(
            [
                FieldPanel("audience"),
                FieldPanel("needs_approval"),
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                FieldPanel("minimum_notice_days"),
            ],
            heading=_("Who may register, and when"),
            help_text=_(
                "Times are local times of the event. An earlier opening lets funded people register first."
            ),
        ),
        MultiFieldPanel(
            [
                FieldPanel("places"),
                FieldPanel("delegation_places"),
                FieldRowPanel([FieldPanel("has_waiting_list"), FieldPanel("offer_hours")]),
            ],
            heading=_("Places"),
        ),
    ]
