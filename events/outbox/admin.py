"""Staff screens of the outbox: what waits, what was given up, and whether the clock does its jobs."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn

from ..access.listing import ScopedFilterSet
from ..access.roles import Act
from ..access.row_acts import RefusedError, RowAct
from ..access.viewsets import ScopedViewSet, SuperuserViewSet
from .models import Job, Message
from .services import requeue


class MessageFilterSet(ScopedFilterSet):
    """By state, kind and event."""

    class Meta:
        model = Message
        fields = ("state", "event", "language")


def _send_again(message: Message, user: Any, reason: str) -> None:
    if not requeue(message=message):
        raise RefusedError(_("This message was not given up; nothing was changed."))


class MessageViewSet(ScopedViewSet):
    """Messages. Those without an event, such as staff invitations, are for superusers."""

    model = Message
    icon = "mail"
    acts: ClassVar = {"view": Act.SEE_CONTACTS, "requeue": Act.CHANGE_REGISTRATIONS}
    never = ("add", "change", "delete")
    personal = "messages"
    related = ("event",)
    inspect_view_enabled = True
    inspect_view_fields: ClassVar = [
        "kind",
        "event",
        "to",
        "language",
        "state",
        "attempts",
        "next_try_at",
        "last_error",
        "created_at",
        "sent_at",
    ]
    filterset_class = MessageFilterSet
    list_display = (
        "to",
        Column("kind", label=_("Kind"), sort_key="kind"),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            sort_key="state",
            primary=lambda row: row.state == Message.State.SENT,
        ),
        Column("event", label=_("Event"), accessor="event.code"),
        Column("attempts", label=_("Attempts"), sort_key="attempts"),
        DateColumn("created_at", label=_("Written"), sort_key="created_at"),
        DateColumn("sent_at", label=_("Sent"), sort_key="sent_at"),
    )
    ordering = ("-created_at",)
    row_acts = (
        RowAct(
            name="requeue",
            label=_("Try again"),
            question=_("The message gets all its attempts again, beginning now."),
            done=_("The message waits to be sent."),
            do=_send_again,
            possible=lambda message: message.state == Message.State.DEAD,
            permission="requeue",
            icon="rotate",
        ),
    )


class JobViewSet(SuperuserViewSet):
    """The clock's periodic jobs, to look at."""

    model = Job
    icon = "time"
    never = ("add", "change", "delete")
    inspect_view_enabled = True
    inspect_view_fields: ClassVar = ["name", "due_at", "succeeded_at", "last_error", "lease_until"]
    list_display = (
        "name",
        DateColumn("succeeded_at", label=_("Last success"), sort_key="succeeded_at"),
        DateColumn("due_at", label=_("Due"), sort_key="due_at"),
        Column("last_error", label=_("Last error")),
    )
