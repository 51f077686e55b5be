"""The page editor's forms: nothing goes to readers that some cannot read, no foreign event is offered."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import ModelChoiceField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.contrib.forms.forms import WagtailAdminFormPageForm

from .checks import check
from .policies import edited_events
from .reach import reaches_everything

TO_READERS = ("action-publish", "action-submit", "action-restart-workflow")
"""The buttons that bring a page to others. A draft may be as unfinished as its author likes."""


class CheckedPageForm(WagtailAdminPageForm):
    """Refuses to publish or submit what keeps readers out, beside the text, with everything typed kept."""

    def clean(self) -> dict[str, Any]:
        """Look at the text as visitors would get it."""
        cleaned: dict[str, Any] = super().clean()
        body = cleaned.get("body")
        if body is not None and any(button in self.data for button in TO_READERS):
            for finding in check(str(body)):
                if finding.refuses:
                    self.add_error("body", ValidationError(finding.words))
        return cleaned


class CheckedQuestionsForm(CheckedPageForm, WagtailAdminFormPageForm):
    """The same for a page whose questions editors write."""


class OwnEventForm(CheckedPageForm):
    """A page about an event: its field offers the events whose pages one edits.

    An event's page keeps its event, and so do the translations that point to the same one.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("event")
        if isinstance(field, ModelChoiceField):
            self._narrow(field)

    def _narrow(self, field: ModelChoiceField) -> None:
        events = field.queryset
        if events is None:
            return
        if field.required and self.instance.pk:
            field.disabled = True
            field.queryset = events.filter(pk=self.instance.event_id)
        elif self.for_user is not None and not reaches_everything(self.for_user):
            field.queryset = events.filter(pk__in=edited_events(self.for_user))
