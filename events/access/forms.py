"""Forms of the staff screens: no choice of a foreign event, no way to move a row to another event."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import ModelChoiceField
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from .policy import EventPolicy, scope_of


class ScopedForm(WagtailAdminModelForm):
    """A form for a row of an event.

    The field that leads to the event offers the events in which the user may add, and is fixed
    once the row exists. Other rows of events are offered from the same event only.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy = scope_of(self._meta.model)
        for name, field in self.fields.items():
            if not isinstance(field, ModelChoiceField) or field.queryset is None:
                continue
            if other := scope_of(field.queryset.model):
                field.queryset = self._offered(name, field, field.queryset, other)

    @property
    def _owner(self) -> str:
        """The name of the field that leads to the event."""
        return self.policy.event_path.split("__")[0] if self.policy else ""

    def _offered(
        self, name: str, field: ModelChoiceField, rows: QuerySet[Model], other: EventPolicy
    ) -> QuerySet[Model]:
        if name != self._owner:
            return self._siblings(name, rows, other)
        if self.instance.pk:
            field.disabled = True
            return rows.filter(pk=self.initial.get(name))
        field.required = field.required or not self.for_user.is_superuser
        return self._open_to_adding(rows, other)

    def _open_to_adding(self, rows: QuerySet[Model], other: EventPolicy) -> QuerySet[Model]:
        if self.policy is None or self.for_user.is_superuser:
            return rows
        return rows.filter(**{f"{other.event_path}__in": self.policy.events(self.for_user, ["add"])})

    def _siblings(self, name: str, rows: QuerySet[Model], other: EventPolicy) -> QuerySet[Model]:
        """Rows in reach, of the same event where that is known already, and what is chosen now."""
        reach = other.instances_user_has_permission_for(self.for_user, "view").values("pk")
        offered = rows.filter(pk__in=reach)
        if self.policy and self.instance.pk and other.event_path != "pk":
            offered = offered.filter(**{other.event_path: self.policy.event_of(self.instance)})
        current = self.initial.get(name)
        return offered | rows.filter(pk=current) if isinstance(current, int) else offered

    def clean(self) -> dict[str, Any]:
        """Refuse a row of another event than the form's own."""
        cleaned = super().clean() or self.cleaned_data
        event = self._event(cleaned)
        for name, value in list(cleaned.items()):  # an error takes its value out
            if name != self._owner and event is not None and _of_another_event(value, event):
                self.add_error(name, ValidationError(_("This belongs to another event.")))
        return cleaned

    def _event(self, cleaned: dict[str, Any]) -> int | None:
        if self.policy is None:
            return None
        if self.instance.pk:
            return self.policy.event_of(self.instance)
        owner = cleaned.get(self._owner)
        policy = scope_of(type(owner)) if isinstance(owner, Model) else None
        return policy.event_of(owner) if policy and isinstance(owner, Model) else None


def _of_another_event(value: Any, event: int) -> bool:
    rows = list(value) if isinstance(value, QuerySet) else [value]
    for row in rows:
        policy = scope_of(type(row)) if isinstance(row, Model) else None
        if policy and policy.event_path != "pk" and policy.event_of(row) != event:
            return True
    return False
