"""Staff screen of tickets: whether a person has one. The code itself opens the door and is not shown."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn

from ..access.roles import Act
from ..access.viewsets import ScopedViewSet
from .models import Ticket


class TicketViewSet(ScopedViewSet):
    """Tickets, to look at. They come and end with their registration."""

    model = Ticket
    icon = "key"
    event_path = "registration__event"
    acts: ClassVar = {"view": Act.SEE_REGISTRATIONS}
    never = ("add", "change", "delete")
    related = ("registration__event",)
    inspect_view_enabled = True
    inspect_view_fields: ClassVar = ["registration", "issued_at", "revoked_at"]
    list_display = (
        "registration",
        Column(
            "event",
            label=_("Event"),
            accessor="registration.event.code",
            sort_key="registration__event__code",
        ),
        DateColumn("issued_at", label=_("Issued"), sort_key="issued_at"),
        DateColumn("revoked_at", label=_("Revoked"), sort_key="revoked_at"),
    )
    ordering = ("-issued_at", "-pk")
