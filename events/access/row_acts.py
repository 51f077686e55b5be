"""Acts on one row: a button, a page that asks, a POST that acts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib.admin.utils import quote
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

REASON_LENGTH = 500


class RefusedError(Exception):
    """The act cannot be done on this row now; the message says why, in words for staff."""


@dataclass(frozen=True, slots=True)
class RowAct:
    """What can be done with a row beside editing it.

    `do` gets the row, the user and the reason typed, or what the form cleaned when the act has a `form`,
    and raises `RefusedError`; `permission` is the policy's action; `possible` says whether the button is
    shown; `reason_hint` says who reads the reason; `initial` fills the form from the row; what is not
    `on_top` of the row's page has its button elsewhere.
    """

    name: str
    label: Any
    question: Any
    done: Any
    do: Callable[..., object]
    possible: Callable[[Any], bool]
    permission: str = "change"
    asks_reason: bool = False
    reason_hint: Any = field(default=_("Colleagues see it in the history. It is not mailed."))
    icon: str = "check"
    warning: bool = False
    form: type[forms.Form] | None = None
    initial: Callable[[Any], dict[str, Any]] | None = None
    on_top: bool = True


class RowActView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """Ask on GET, act on POST."""

    row_act: RowAct
    model: type[Model]
    template_name = "events/access/row_act.html"
    index_url_name = ""
    inspect_url_name = ""

    def get_page_title(self) -> str:
        """The act's name."""
        return str(self.row_act.label)

    def get_page_subtitle(self) -> str:
        """The row's name."""
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """List, row, act."""
        plural = capfirst(str(self.model_opts.verbose_name_plural))
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": plural},
            {"url": self.row_url, "label": str(self.object)},
            {"url": "", "label": self.get_page_title()},
        ]

    @cached_property
    def form(self) -> forms.Form | None:
        """The form of the act, if it has one, with what was posted."""
        if self.row_act.form is None:
            return None
        initial = self.row_act.initial(self.object) if self.row_act.initial else None
        return self.row_act.form(
            self.request.POST if self.request.method == "POST" else None, initial=initial
        )

    @cached_property
    def row_url(self) -> str:
        """The row's own page, or the list."""
        if self.inspect_url_name:
            return reverse(self.inspect_url_name, args=(quote(self.object.pk),))
        return reverse(self.index_url_name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The act and whether it is possible."""
        possible = self.row_act.possible(self.object)
        return super().get_context_data(
            object=self.object,
            row_act=self.row_act,
            form=self.form,
            possible=possible,
            row_url=self.row_url,
            reason_length=REASON_LENGTH,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Act, say what happened and go back to the row; or show what is wrong with the form."""
        if self.form and not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        reason = request.POST.get("reason", "").strip()[:REASON_LENGTH]
        try:
            self.row_act.do(self.object, request.user, self.form.cleaned_data if self.form else reason)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            log(instance=self.object, action=f"events.{self.row_act.name}", user=request.user)
            messages.success(request, str(self.row_act.done) % {"object": self.object})
        return HttpResponseRedirect(self.row_url)


def view_of(row_act: RowAct) -> type[RowActView]:
    """The view of one act, which asks for the act's own permission."""
    return type(
        RowActView.__name__, (RowActView,), {"row_act": row_act, "permission_required": row_act.permission}
    )
