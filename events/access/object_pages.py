"""Pages of one row: seen ones are recorded where they show a person, protected ones are not deleted."""

from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import ValidationError
from django.db.models import Model, ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from . import services
from .policy import scope_of
from .row_acts import RowAct


class Recorded:
    """Records that one person's data were seen. `personal` names the page; empty when it shows none."""

    personal = ""
    model: type[Model]
    object: Model

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page and record it."""
        response = super().get(request, *args, **kwargs)  # type: ignore[misc]
        if self.personal:
            policy = scope_of(self.model)
            services.record_access(
                user=request.user,
                event_id=policy.event_of(self.object) if policy else None,
                what=self.personal,
                subject=str(self.object)[:60],
            )
        return response


class Refusable:
    """A form whose service may still refuse while saving: its ValidationError becomes the form's."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, or show why not."""
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except ValidationError as refusal:
            form.add_error(None, refusal)
            self.is_valid(form)  # type: ignore[attr-defined]  # Wagtail sets its message in there
            return self.form_invalid(form)  # type: ignore[attr-defined]


class StaffCreateView(Refusable, generic.CreateView):
    """Add one row."""

    def get_success_buttons(self) -> list[Any]:
        """A way to the row's edit page, where it has one."""
        return super().get_success_buttons() if self.user_has_permission("change") else []


class StaffEditView(Recorded, Refusable, generic.EditView):
    """Edit one row."""


class StaffInspectView(Recorded, generic.InspectView):
    """Look at one row, with a button on top for each act that is possible now."""

    row_acts: tuple[RowAct, ...] = ()

    def get_page_title(self) -> str:
        """What the row is."""
        return capfirst(str(self.model._meta.verbose_name))  # noqa: SLF001

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """The acts that the user may do with this row."""
        offered = [act for act in self.row_acts if act.on_top and self._offers(act)]
        return [self._button(act, priority) for priority, act in enumerate(offered)]

    def _offers(self, act: RowAct) -> bool:
        return act.possible(self.object) and self.user_has_permission_for_instance(
            act.permission, self.object
        )

    def _button(self, act: RowAct, priority: int) -> HeaderButton:
        namespace = self.index_url_name.split(":")[0]
        url = reverse(f"{namespace}:{act.name}", args=(quote(self.object.pk),))
        return HeaderButton(act.label, url=url, icon_name=act.icon, priority=priority)


class StaffDeleteView(generic.DeleteView):
    """Delete one row, unless others need it."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Delete, or say what stands in the way."""
        try:
            return super().form_valid(form)
        except ProtectedError as error:
            kinds = sorted({str(row._meta.verbose_name_plural) for row in error.protected_objects})  # noqa: SLF001
            messages.error(
                self.request,
                _("“%(object)s” cannot be deleted while it is used by: %(kinds)s.")
                % {"object": self.object, "kinds": ", ".join(kinds)},
            )
            return HttpResponseRedirect(self.get_success_url())
