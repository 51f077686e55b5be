"""Staff screens of the programme: sessions, rooms and speakers of one's own events."""

import zoneinfo
from typing import ClassVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, StatusTagColumn

from ..access.forms import ScopedForm
from ..access.roles import Act
from ..access.viewsets import ScopedViewSet
from ..catalogue.local_times import LocalTimes
from .models import Room, Session, Speaker
from .services import room_rename, session_change

ACTS: dict[str, Act] = {
    "view": Act.SEE_EVENT,
    "add": Act.EDIT_PROGRAMME,
    "change": Act.EDIT_PROGRAMME,
    "delete": Act.EDIT_PROGRAMME,
}


class SessionForm(LocalTimes, ScopedForm):
    """A session; an existing one is changed by the service, which tells calendars."""

    local_times = ("start", "end")

    def zone(self) -> zoneinfo.ZoneInfo | None:
        """The event's."""
        event = (
            self.instance.event if self.instance.event_id else getattr(self, "cleaned_data", {}).get("event")
        )
        return event.tz if event else None

    @transaction.atomic
    def save(self, commit: bool = True) -> Session:  # noqa: FBT001, FBT002 - Django's signature
        """The session and its speakers."""
        if not self.instance.pk:
            session: Session = super().save(commit)
            return session
        own = {
            name: self.cleaned_data[name] for name in self.changed_data if name not in {"speakers", "event"}
        }
        changed = session_change(session=self.instance, changes=own)
        if "speakers" in self.cleaned_data:
            changed.speakers.set(self.cleaned_data["speakers"])
        return changed


def local_time(session: Session) -> str:
    """When the session is, in the event's zone."""
    zone = session.event.tz
    start, end = timezone.localtime(session.start, zone), timezone.localtime(session.end, zone)
    return f"{start:%Y-%m-%d %H:%M}–{end:%H:%M}"


class SessionViewSet(ScopedViewSet):
    """Sessions. Nobody deletes one: it is cancelled, and calendars are told."""

    model = Session
    icon = "calendar"
    acts: ClassVar = ACTS
    never = ("delete",)
    related = ("event", "room")
    base_form_class = SessionForm
    list_display = (
        "title",
        Column("when", label=_("Local time of the event"), accessor=local_time, sort_key="start"),
        "room",
        Column("event", label=_("Event"), accessor="event.code", sort_key="event__code"),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            primary=lambda session: session.state == Session.State.CONFIRMED,
        ),
    )
    list_filter = ("event", "room", "state")
    ordering = ("start", "pk")
    panels: ClassVar = [
        FieldPanel("event"),
        FieldPanel("title"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                FieldPanel("room"),
                FieldPanel("state"),
            ],
            heading=_("When and where"),
            help_text=_("Local times of the event. Calendars are told of a change."),
        ),
        FieldPanel("abstract"),
        FieldPanel("track"),
        FieldPanel("speakers"),
        FieldPanel("is_illustrative"),
    ]


class RoomForm(ScopedForm):
    """A room; another name is a change of place for its sessions."""

    @transaction.atomic
    def save(self, commit: bool = True) -> Room:  # noqa: FBT001, FBT002 - Django's signature
        """The room, and its sessions told when it is renamed."""
        if self.instance.pk and "name" in self.changed_data:
            room_rename(room=self.instance, name=self.cleaned_data["name"])
        room: Room = super().save(commit)
        return room


class RoomViewSet(ScopedViewSet):
    """Rooms."""

    model = Room
    icon = "home"
    acts: ClassVar = ACTS
    related = ("event",)
    base_form_class = RoomForm
    list_display = (
        "name",
        Column("event", label=_("Event"), accessor="event.code", sort_key="event__code"),
        "position",
    )
    list_filter = ("event",)
    panels: ClassVar = [FieldPanel("event"), FieldPanel("name"), FieldPanel("position")]


class SpeakerViewSet(ScopedViewSet):
    """Speakers, as announced."""

    model = Speaker
    icon = "user"
    acts: ClassVar = ACTS
    related = ("event", "country")
    list_display = (
        "name",
        "role",
        Column("country", label=_("Country or territory")),
        Column("event", label=_("Event"), accessor="event.code", sort_key="event__code"),
    )
    list_filter = ("event",)
    panels: ClassVar = [FieldPanel("event"), FieldPanel("name"), FieldPanel("role"), FieldPanel("country")]
