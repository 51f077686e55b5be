"""The first thing a member of staff sees: their events, and who waits there."""

from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from ...access.policy import policy_of
from ..models import Registration
from ..selectors import waiting_in
from ..states import State


class WaitingPanel(Component):
    """The events to come in which one sees registrations, with how many wait for approval."""

    order = 10
    template_name = "events/registration/staff/waiting.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The events and a link to the list of each."""
        user = parent_context["request"].user
        seen = policy_of(Registration).instances_user_has_permission_for(user, "view")
        address = reverse("registration:index")
        rows = [
            {
                "event": event,
                "all": f"{address}?event={event.pk}",
                "waiting": f"{address}?event={event.pk}&state={State.PENDING}",
            }
            for event in waiting_in(seen)
        ]
        return {"rows": rows}
