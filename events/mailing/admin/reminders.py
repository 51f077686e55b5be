"""The list of reminders, and the page of one: switched and worded."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn

from ...access.listing import StaffIndexView
from ...access.object_pages import StaffEditView, StaffInspectView
from ...access.roles import Act
from ...catalogue.models import Event
from ...catalogue.selectors import to_come
from ..forms import ReminderForm
from ..letters import worded
from ..models import Reminder
from ..reminders import make_reminders
from ..standard_words import TO_WHOM, WHEN
from .previews import WithLetters


class ReminderIndexView(StaffIndexView):
    """The reminders of one's events to come, made when they are first looked at."""

    def _get_title_column(self, field_name: str, column_class: type = TitleColumn, **kwargs: Any) -> Any:
        """The kind in words."""
        return super()._get_title_column(field_name, column_class, accessor="get_kind_display", **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the list, complete."""
        reach = self.permission_policy.events(request.user, ["change"])
        events = Event.objects.all() if request.user.is_superuser else Event.objects.filter(pk__in=reach)
        make_reminders(events=events.filter(to_come(timezone.now().date())))
        return super().get(request, *args, **kwargs)


class ReminderEditView(StaffEditView):
    """Switch or word a reminder."""

    def get_success_url(self) -> str:
        """The reminder's page, which shows its words as they are sent."""
        return reverse(f"{self.index_url_name.split(':')[0]}:inspect", args=(self.object.pk,))


class ReminderInspectView(StaffInspectView):
    """One reminder: when it is sent, to whom, and in which words."""

    object: Reminder

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the row means."""
        return super().get_context_data(
            when=WHEN[Reminder.Kind(self.object.kind)],
            to_whom=TO_WHOM[Reminder.Kind(self.object.kind)],
            worded=worded(self.object),
            **kwargs,
        )


class ReminderViewSet(WithLetters):
    """Reminders: switched and worded, never added or deleted."""

    model = Reminder
    icon = "time"
    menu_label = gettext_lazy("Reminders")
    acts: ClassVar = dict.fromkeys(("view", "change"), Act.SEND_MAIL)
    never = ("add", "delete")
    related = ("event",)
    index_view_class = ReminderIndexView
    edit_view_class = ReminderEditView
    inspect_view_class = ReminderInspectView
    inspect_view_enabled = True
    inspect_template_name = "events/mailing/staff/reminder.html"
    base_form_class = ReminderForm
    search_backend_name = None
    list_filter = ("event", "kind", "is_on")
    list_display = (
        "kind",
        Column("event", label=gettext_lazy("Event"), accessor="event.code", sort_key="event__code"),
        BooleanColumn("is_on", label=gettext_lazy("Is sent")),
        Column("hours", label=gettext_lazy("Hours")),
    )
    ordering = ("event__start_date", "event", "kind")
    panels: ClassVar = [FieldPanel("is_on"), FieldPanel("hours"), FieldPanel("subject"), FieldPanel("words")]
