"""An event's staff page with its acts and history, and the plain form that leaves the acts what is theirs."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from ...access.object_pages import StaffInspectView
from ...access.policy import policy_of
from ...access.row_acts import RefusedError
from ...catalogue.dates import day_range
from ...catalogue.event_states import EventState, by_form
from ...catalogue.models import Event
from ...catalogue.selectors import former_dates, history
from ...catalogue.services import event_change
from ...registration.models import Registration
from ...registration.selectors import standing_of
from ...registration.services import hold_places
from .acts import EVENT_ACTS
from .faces import faces
from .history import in_words
from .move import how_and_where
from .plan import current_as_seen, version
from .views import view_of

HELD_BY_ACTS = {
    "title": gettext_lazy("People are registered: change it by “Rename” on the event’s page."),
    "state": gettext_lazy("People are registered: change it by an act on the event’s page."),
    "start_date": gettext_lazy("People are registered: change it by “Postpone” on the event’s page."),
    "end_date": gettext_lazy("People are registered: change it by “Postpone” on the event’s page."),
    "zone": gettext_lazy("People are registered: change it by “Move” on the event’s page."),
    "mode": gettext_lazy("People are registered: change it by “Move” on the event’s page."),
    "place": gettext_lazy("People are registered: change it by “Move” on the event’s page."),
    "venue": gettext_lazy("People are registered: change it by “Move” on the event’s page."),
}
"""What nobody changes silently once somebody registered, with where it is changed instead."""


class LeavesToActs:
    """A form of an event; mixed in before it. What people were told is fixed once somebody registered."""

    instance: Event
    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]
    for_user: AbstractBaseUser

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = EventState(self.instance.state)
        choices = [(each.value, each.label) for each in by_form(state)]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]
        if self.instance.pk:
            seen = forms.CharField(widget=forms.HiddenInput, required=False, initial=version(self.instance))
            self.fields["seen"] = seen
        if self.instance.pk and self.instance.registrations.exists():
            for name, where in HELD_BY_ACTS.items():
                self.fields[name].disabled = True
                self.fields[name].help_text = where
        elif state == EventState.POSTPONED:
            for name in ("start_date", "end_date"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Enter new dates by “Postpone” on the event’s page.")

    @transaction.atomic
    def save(self, commit: bool = True) -> Event:  # noqa: FBT001, FBT002 - Django's signature
        """The event; an existing one by the service, which tells calendars. Pages follow its title.

        Raises ValidationError when the event is no longer as the form showed it.
        """
        if not self.instance.pk:
            made: Event = super().save(commit)  # type: ignore[misc]
            return made
        hold_places(event=self.instance)
        before = self._as_seen()
        changes = self._changes()
        _refuse_held(before, changes)
        if "title" in changes:
            faces().follow_title(event=before, title=changes["title"], user=self.for_user)
        return event_change(event=before, changes=changes)

    def _as_seen(self) -> Event:
        try:
            return current_as_seen(event=self.instance, seen=self.cleaned_data["seen"])
        except RefusedError as refusal:
            raise ValidationError(str(refusal)) from None

    def _changes(self) -> dict[str, Any]:
        own = {field.name for field in Event._meta.concrete_fields}  # noqa: SLF001 - Django's documented name
        return {
            name: self.cleaned_data[name]
            for name in self.changed_data  # type: ignore[attr-defined]
            if name in own
        }


def _refuse_held(event: Event, changes: Mapping[str, Any]) -> None:
    """Raise ValidationError when somebody registered since the form was made. The counters are held."""
    held = {name: where for name, where in HELD_BY_ACTS.items() if name in changes}
    if held and event.registrations.exists():
        raise ValidationError(held)


class EventInspectView(StaffInspectView):
    """One event: how it stands, what can be done with it, and what was."""

    object: Event

    def get_page_title(self) -> str:
        """What the row is."""
        return _("Event")

    def get_page_subtitle(self) -> str:
        """Its title."""
        return str(self.object)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """The plain form."""
        url = self.get_edit_url()
        return [HeaderButton(_("Edit"), url=url, icon_name="edit")] if url and self._may_change else []

    @cached_property
    def _may_change(self) -> bool:
        return bool(self.user_has_permission_for_instance("change", self.object))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Standing, acts and history."""
        former = former_dates(self.object)
        return super().get_context_data(
            **kwargs,
            former=day_range(former.first, former.last) if former else "",
            how_and_where=how_and_where(self.object),
            counts=standing_of(self.object),
            not_reconfirmed_url=self._not_reconfirmed_url(),
            acts=self._acts() if self._may_change else [],
            history=in_words(history(self.object), self.object),
        )

    def _acts(self) -> list[tuple[Any, str]]:
        namespace = str(self.index_url_name).split(":")[0]
        return [
            (act, reverse(f"{namespace}:{act.name}", args=(self.object.pk,)))
            for act in EVENT_ACTS
            if act.possible(self.object)
        ]

    def _not_reconfirmed_url(self) -> str:
        """The list of who has not answered, for those who may see people."""
        if self.object.pk not in self._events_seen():
            return ""
        return f"{reverse('registration:index')}?event={self.object.pk}&reconfirmation=waiting"

    def _events_seen(self) -> list[int]:
        user = self.request.user
        return [self.object.pk] if user.is_superuser else policy_of(Registration).events(user, ["view"])


class WithActs:
    """A screen of events with a page of acts for each; mixed in before the screen's base."""

    inspect_view_enabled = True
    inspect_view_class = EventInspectView
    inspect_template_name = "events/journeys/staff/event.html"

    def get_urlpatterns(self) -> list[URLPattern]:
        """One address more for each act."""
        acts = [
            path(f"{act.name}/<int:pk>/", view, name=act.name)
            for act in EVENT_ACTS
            for view in (self.construct_view(view_of(act)),)  # type: ignore[attr-defined]
        ]
        return [*super().get_urlpatterns(), *acts]  # type: ignore[misc]
