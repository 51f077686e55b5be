"""Who keeps the contact points, which serve all events: registrars of any of them."""

from collections.abc import Iterable

from ..access.policy import SuperuserPolicy, User
from ..access.roles import ALLOWED, Act
from ..access.selectors import roles_held


class RegistrarPolicy(SuperuserPolicy):
    """Rows that belong to no event, for whoever changes registrations in some event; none is ever deleted."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Whether the user is a registrar, or a superuser, and the action exists."""
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: User, actions: Iterable[str]) -> bool:
        """Whether the user is a registrar, or a superuser, and any of the actions exists."""
        if set(actions) <= self.never:
            return False
        return super().user_has_any_permission(user, actions) or any(
            role in ALLOWED[Act.CHANGE_REGISTRATIONS] for _event, role in roles_held(user)
        )
