"""Deciding on several registrations at once, among those in the decider's reach."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.bulk_action import BulkAction

from ...access.policy import policy_of
from ...access.row_acts import RefusedError, RowAct
from ..models import Registration
from .screens import APPROVE, REFUSE


class DecideBulkAction(BulkAction):
    """Ask on GET, act on POST. Rows out of reach are not named, and not there to act on."""

    models: ClassVar[list[type[Model]]] = [Registration]
    template_name = "events/registration/staff/bulk.html"
    row_act: RowAct

    @classmethod
    def get_queryset(cls, model: type[Model], object_ids: Sequence[str]) -> list[Registration]:
        """Unused: see `get_actionable_objects`, which knows the user."""
        raise NotImplementedError

    def get_actionable_objects(self) -> tuple[list[Registration], dict[str, list[Registration]]]:
        """The chosen registrations, or all in the list, that the user may decide on, in ascending order."""
        reach = policy_of(Registration).instances_user_has_permission_for(self.request.user, "change")
        chosen = self.request.GET.getlist("id")
        if "all" not in chosen:
            reach = reach.filter(pk__in=[pk for pk in chosen if pk.isdecimal()])
        rows = reach.select_related("event", "category").order_by("pk")
        return [row for row in rows if self.row_act.possible(row)], {"items_with_no_access": []}

    @classmethod
    def execute_action(
        cls, objects: Sequence[Registration], *, user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        """Decide on each; one that was decided on in the meantime is passed over."""
        done = 0
        for registration in objects:
            try:
                cls.row_act.do(registration, user, "")
            except RefusedError:
                continue
            done += 1
        return done, 0

    def get_execution_context(self) -> dict[str, Any]:
        """Who decides."""
        return {"user": self.request.user}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """How many were decided on."""
        return ngettext(
            "%(count)d registration was decided on.",
            "%(count)d registrations were decided on.",
            num_parent_objects,
        ) % {"count": num_parent_objects}


class ApproveBulkAction(DecideBulkAction):
    """Approve those that wait."""

    row_act = APPROVE
    display_name = _("Approve")
    action_type = "approve"
    aria_label = _("Approve the selected registrations")
    action_priority = 10


class RefuseBulkAction(DecideBulkAction):
    """Refuse those that wait."""

    row_act = REFUSE
    display_name = _("Refuse")
    action_type = "refuse"
    aria_label = _("Refuse the selected registrations")
    action_priority = 20
    classes: ClassVar[set[str]] = {"serious"}
