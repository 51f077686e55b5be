"""Deciding on several registrations at once, among those in the decider's reach."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ...access.admin.bulk import StaffBulkAction
from ...access.row_acts import RefusedError
from ..models import Registration
from ..services import hold
from .acts import APPROVE, REFUSE, RefusalForm
from .screens import RegistrationViewSet


class DecideBulkAction(StaffBulkAction):
    """Decide on those that wait."""

    models: ClassVar[list[type[Model]]] = [Registration]
    viewset = RegistrationViewSet
    template_name = "events/registration/staff/bulk.html"

    @classmethod
    def execute_action(
        cls, objects: Sequence[Registration], *, user: Any = None, given: Any = "", **kwargs: Any
    ) -> tuple[int, int]:
        """Decide on each; one that was decided on in the meantime is passed over."""
        hold(registrations=Registration.objects.filter(pk__in=[row.pk for row in objects]))
        done = 0
        for registration in objects:
            try:
                cls.row_act.do(registration, user, given)
            except RefusedError:
                continue
            done += 1
        return done, 0

    def get_execution_context(self) -> dict[str, Any]:
        """Who decides, and why."""
        given = self.cleaned_form.cleaned_data if self.row_act.form else ""
        return {"user": self.request.user, "given": given}

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
    """Refuse those that wait, all for the same reason."""

    row_act = REFUSE
    form_class = RefusalForm
    display_name = _("Refuse")
    action_type = "refuse"
    aria_label = _("Refuse the selected registrations")
    action_priority = 20
    classes: ClassVar[set[str]] = {"serious"}
