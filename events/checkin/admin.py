"""Staff screens of the door: checkpoints and gates to set up; devices, scans and admissions to look at."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn

from ..access.roles import Act
from ..access.row_acts import RowAct
from ..access.viewsets import ScopedViewSet
from .models import Admission, Checkpoint, Device, Gate, Scan
from .services import device_end
from .verdicts import Verdict

SET_UP: dict[str, Act] = {
    "view": Act.ADMIT,
    "add": Act.CHANGE_REGISTRATIONS,
    "change": Act.CHANGE_REGISTRATIONS,
    "delete": Act.CHANGE_REGISTRATIONS,
}


class CheckpointViewSet(ScopedViewSet):
    """Where people are admitted once."""

    model = Checkpoint
    icon = "tick-inverse"
    acts: ClassVar = SET_UP
    related = ("event", "session")
    list_display = ("name", Column("event", accessor="event.code", label=_("Event")), "session")
    list_filter = ("event",)
    panels: ClassVar = [FieldPanel("event"), FieldPanel("name"), FieldPanel("session")]


class GateViewSet(ScopedViewSet):
    """Doors of a checkpoint."""

    model = Gate
    icon = "login"
    event_path = "checkpoint__event"
    acts: ClassVar = SET_UP
    related = ("checkpoint__event",)
    list_display = ("name", "checkpoint", Column("event", accessor="checkpoint.event.code", label=_("Event")))
    list_filter = ("checkpoint",)
    panels: ClassVar = [FieldPanel("checkpoint"), FieldPanel("name")]


class DeviceViewSet(ScopedViewSet):
    """Phones and computers at the door. One is added where its token is shown, and ended here."""

    model = Device
    icon = "mobile-alt"
    acts: ClassVar = {"view": Act.ADMIT, "end": Act.CHANGE_REGISTRATIONS}
    never = ("add", "change", "delete")
    related = ("event", "held_by")
    inspect_view_enabled = True
    inspect_view_fields: ClassVar = ["label", "event", "held_by", "created_at", "ended_at"]
    list_display = (
        "label",
        Column("event", accessor="event.code", label=_("Event")),
        Column("held_by", label=_("Held by")),
        DateColumn("created_at", label=_("Since"), sort_key="created_at"),
        DateColumn("ended_at", label=_("Ended"), sort_key="ended_at"),
    )
    list_filter = ("event",)
    row_acts = (
        RowAct(
            name="end",
            label=_("End this device"),
            question=_("The device scans no more. What it scanned stays."),
            done=_("%(object)s scans no more."),
            do=lambda device, user, reason: device_end(device=device),
            possible=lambda device: device.ended_at is None,
            permission="end",
            icon="cross",
            warning=True,
        ),
    )


def _own_reference(scan: Scan) -> str:
    """The reference, unless the badge belongs to another event."""
    registration = scan.registration
    return (
        registration.reference
        if registration and registration.event_id == scan.gate.checkpoint.event_id
        else ""
    )


class ScanViewSet(ScopedViewSet):
    """Readings of a code, to look at."""

    model = Scan
    icon = "view"
    event_path = "gate__checkpoint__event"
    acts: ClassVar = {"view": Act.ADMIT}
    never = ("add", "change", "delete")
    related = ("gate__checkpoint__event", "registration", "device", "user")
    list_display = (
        DateColumn("received_at", label=_("Received"), sort_key="received_at"),
        StatusTagColumn(
            "verdict",
            label=_("Verdict"),
            accessor="get_verdict_display",
            sort_key="verdict",
            primary=lambda row: row.verdict == Verdict.ADMITTED,
        ),
        Column("reference", label=_("Reference"), accessor=_own_reference),
        "gate",
        Column("event", accessor="gate.checkpoint.event.code", label=_("Event")),
        Column("by", label=_("By"), accessor=lambda scan: scan.device or scan.user or ""),
    )
    list_filter = ("verdict", "gate")
    ordering = ("-received_at",)


class AdmissionViewSet(ScopedViewSet):
    """First passages, to look at."""

    model = Admission
    icon = "success"
    event_path = "checkpoint__event"
    acts: ClassVar = {"view": Act.ADMIT}
    never = ("add", "change", "delete")
    related = ("checkpoint__event", "registration")
    list_display: ClassVar[tuple[Any, ...]] = (
        Column("registration", label=_("Registration"), accessor="registration.reference"),
        "checkpoint",
        Column("event", accessor="checkpoint.event.code", label=_("Event")),
        DateColumn("at", label=_("Admitted"), sort_key="at"),
    )
    list_filter = ("checkpoint",)
    ordering = ("-at", "-pk")
