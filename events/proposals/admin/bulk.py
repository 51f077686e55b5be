"""Deciding on several proposed events at once, among those in the decider's reach."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.log_actions import log

from ...access.policy import policy_of
from ...access.row_acts import REASON_LENGTH, RefusedError, RowAct
from ..models import Proposal
from .screens import ACCEPT, DISCARD, MAILED, REFUSE


class ReasonForm(forms.Form):
    """Why, for all of them."""

    reason = forms.CharField(label=_("Reason"), help_text=MAILED, max_length=REASON_LENGTH)


class DecideBulkAction(BulkAction):
    """Ask on GET, act on POST, among those that wait: what was refused comes back one by one.

    Rows out of reach are not named, and not there to act on.
    """

    models: ClassVar[list[type[Model]]] = [Proposal]
    template_name = "events/proposals/staff/bulk.html"
    row_act: RowAct

    @classmethod
    def get_queryset(cls, model: type[Model], object_ids: Sequence[str]) -> list[Proposal]:
        """Unused: see `get_actionable_objects`, which knows the user."""
        raise NotImplementedError

    def get_actionable_objects(self) -> tuple[list[Proposal], dict[str, list[Proposal]]]:
        """The chosen events, or all, that wait and that the user may decide on, in ascending order."""
        reach = policy_of(Proposal).instances_user_has_permission_for(self.request.user, "change")
        chosen = self.request.GET.getlist("id")
        if "all" not in chosen:
            reach = reach.filter(pk__in=[pk for pk in chosen if pk.isdecimal()])
        waiting = reach.filter(state=Proposal.State.WAITING)
        return list(waiting.select_related("family", "country").order_by("pk")), {"items_with_no_access": []}

    @classmethod
    def execute_action(
        cls, objects: Sequence[Proposal], *, user: Any = None, reason: str = "", **kwargs: Any
    ) -> tuple[int, int]:
        """Decide on each; one that was decided on in the meantime is passed over."""
        done = 0
        for proposal in objects:
            try:
                cls.row_act.do(proposal, user, reason)
            except RefusedError:
                continue
            log(instance=proposal, action=f"events.{cls.row_act.name}", user=user)
            done += 1
        return done, 0

    def get_execution_context(self) -> dict[str, Any]:
        """Who decides, and why."""
        cleaned = self.cleaned_form.cleaned_data if self.cleaned_form else {}
        return {"user": self.request.user, "reason": cleaned.get("reason", "")}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """How many were decided on."""
        return ngettext(
            "%(count)d event was decided on.", "%(count)d events were decided on.", num_parent_objects
        ) % {"count": num_parent_objects}


class AcceptBulkAction(DecideBulkAction):
    """Accept those that wait."""

    row_act = ACCEPT
    display_name = _("Accept")
    action_type = "accept"
    aria_label = _("Accept the selected events")
    action_priority = 10


class RefuseBulkAction(DecideBulkAction):
    """Refuse those that wait, all for one reason."""

    row_act = REFUSE
    form_class = ReasonForm
    display_name = _("Refuse")
    action_type = "refuse"
    aria_label = _("Refuse the selected events")
    action_priority = 20
    classes: ClassVar[set[str]] = {"serious"}


class DiscardBulkAction(DecideBulkAction):
    """Discard what is no event."""

    row_act = DISCARD
    display_name = _("Discard as unwanted")
    action_type = "discard"
    aria_label = _("Discard the selected events as unwanted")
    action_priority = 30
    classes: ClassVar[set[str]] = {"serious"}
