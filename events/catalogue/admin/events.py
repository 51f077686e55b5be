"""The staff screen of events."""

import zoneinfo
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn

from ...access.roles import Act
from ...access.viewsets import ScopedViewSet
from ...journeys.event_acts.screens import LeavesToActs, WithActs
from ...registration.models import Counter
from ..local_times import LocalTimes
from ..models import Event, zone_names
from ..texts import LANGUAGES
from .places import WithPlaces


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
