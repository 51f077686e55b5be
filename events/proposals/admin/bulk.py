"""Deciding on several proposed events at once, among those in the decider's reach."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from ...access.admin.bulk import StaffBulkAction
from ...access.row_acts import REASON_LENGTH, RefusedError
from ..models import Proposal
from .screens import ACCEPT, DISCARD, MAILED, REFUSE, ProposalViewSet


class ReasonForm(forms.Form):
    """Why, for all of them."""

    reason = forms.CharField(label=_("Reason"), help_text=MAILED, max_length=REASON_LENGTH)


class DecideBulkAction(StaffBulkAction):
    """Decide on those that wait: what was refused comes back one by one."""

    models: ClassVar[list[type[Model]]] = [Proposal]
    viewset = ProposalViewSet
    template_name = "events/proposals/staff/bulk.html"

    def is_open(self, row: Proposal) -> bool:
        """Whether it waits."""
        return row.state == Proposal.State.WAITING

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
