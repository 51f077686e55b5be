"""The page editor's forms: no foreign event to choose, and no page that changes its event."""

from typing import Any

from django.forms import ModelChoiceField
from wagtail.admin.forms import WagtailAdminPageForm

from .policies import edited_events
from .reach import reaches_everything


class OwnEventForm(WagtailAdminPageForm):
    """A page about an event: its field offers the events whose pages one edits.

    An event's page keeps its event, and so do the translations that point to the same one.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("event")
        if isinstance(field, ModelChoiceField) and field.queryset is not None:
            self._narrow(field)

    def _narrow(self, field: ModelChoiceField) -> None:
        if field.required and self.instance.pk:
            field.disabled = True
            field.queryset = field.queryset.filter(pk=self.instance.event_id)
        elif self.for_user is not None and not reaches_everything(self.for_user):
            field.queryset = field.queryset.filter(pk__in=edited_events(self.for_user))
