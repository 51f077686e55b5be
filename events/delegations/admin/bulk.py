"""Inviting several contact points at once, among those in reach."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from ...access.admin.bulk import StaffBulkAction
from ...access.row_acts import RefusedError
from ..models import Delegation
from .acts import INVITE
from .screens import DelegationViewSet


class InviteBulkAction(StaffBulkAction):
    """Send the invitation, also once more."""

    models: ClassVar[list[type[Model]]] = [Delegation]
    viewset = DelegationViewSet
    row_act = INVITE
    display_name = _("Send the invitation")
    action_type = "invite"
    aria_label = _("Send the invitation to the selected delegations")
    template_name = "events/delegations/staff/bulk.html"
    action_priority = 10

    @classmethod
    def execute_action(
        cls, objects: Sequence[Delegation], *, user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        """Invite each; one that was invited a moment ago is passed over."""
        done = 0
        for delegation in objects:
            try:
                cls.row_act.do(delegation, user, "")
            except RefusedError:
                continue
            log(instance=delegation, action="events.invite", user=user)
            done += 1
        return done, 0

    def get_execution_context(self) -> dict[str, Any]:
        """Who invites."""
        return {"user": self.request.user}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """How many were invited."""
        return ngettext(
            "%(count)d invitation is on its way.",
            "%(count)d invitations are on their way.",
            num_parent_objects,
        ) % {"count": num_parent_objects}
