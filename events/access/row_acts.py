"""Acts on one row: a button, a page that asks, a POST that acts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.log_actions import log

from .row_page import RowPage

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


class RowActView(RowPage):
    """Ask on GET, act on POST."""

    row_act: RowAct
    template_name = "events/access/row_act.html"

    def get_page_title(self) -> str:
        """The act's name."""
        return str(self.row_act.label)

    @cached_property
    def form(self) -> forms.Form | None:
        """The form of the act, if it has one, with what was posted."""
        if self.row_act.form is None:
            return None
        initial = self.row_act.initial(self.object) if self.row_act.initial else None
        return self.row_act.form(
            self.request.POST if self.request.method == "POST" else None, initial=initial
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The act and whether it is possible."""
        possible = self.row_act.possible(self.object)
        return super().get_context_data(
            row_act=self.row_act,
            form=self.form,
            possible=possible,
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
        return self.back()


def view_of(row_act: RowAct) -> type[RowActView]:
    """The view of one act, which asks for the act's own permission."""
    return type(
        RowActView.__name__, (RowActView,), {"row_act": row_act, "permission_required": row_act.permission}
    )
