"""Permission policies: Wagtail asks them before it shows a menu item, a button, a row or a form."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import policy_registry

from .roles import ALLOWED, Act, Role
from .selectors import roles_held

User = AbstractBaseUser | AnonymousUser


class EventPolicy(BasePermissionPolicy):
    """Rows that belong to an event: each action asks for an act in the row's own event.

    `event_path` leads from the model to its event as in a filter, for example
    `checkpoint__event`; `pk` when the row is the event. An action without an act is for
    superusers; an action in `never` is for nobody.
    """

    def __init__(
        self, model: type[Model], *, event_path: str, acts: Mapping[str, Act], never: Iterable[str] = ()
    ) -> None:
        super().__init__(model)
        self.event_path = event_path
        self.acts = dict(acts)
        self.never = frozenset(never)

    def events(self, user: User, actions: Iterable[str]) -> list[int]:
        """The events in which the user's roles allow any of `actions`, ascending."""
        allowed: set[Role] = set()
        for action in set(actions) - self.never:
            if action in self.acts:
                allowed |= ALLOWED[self.acts[action]]
        return sorted({event for event, role in roles_held(user) if role in allowed})

    def event_of(self, instance: Model) -> int | None:
        """The primary key of the event that the row belongs to."""
        *steps, last = self.event_path.split("__")
        owner: Any = instance
        for step in steps:
            owner = getattr(owner, step)
        return owner.pk if last == "pk" else getattr(owner, f"{last}_id")

    def user_has_permission(self, user: User, action: str) -> bool:
        """Whether the action is allowed in any event at all."""
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: User, actions: Iterable[str]) -> bool:
        """Whether any of the actions is allowed in any event at all."""
        if _sees_all(user):
            return not set(actions) <= self.never
        return bool(self.events(user, actions))

    def user_has_permission_for_instance(self, user: User, action: str, instance: Model) -> bool:
        """Whether the action is allowed in the row's event."""
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(
        self, user: User, actions: Iterable[str], instance: Model
    ) -> bool:
        """Whether any of the actions is allowed in the row's event."""
        if _sees_all(user):
            return not set(actions) <= self.never
        return self.event_of(instance) in self.events(user, actions)

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet[Model]:
        """The rows of the events in which any of the actions is allowed: a flat filter, no join."""
        rows = self.model._default_manager.all()  # noqa: SLF001 - Django's documented name
        if set(actions) <= self.never:
            return rows.none()
        if _sees_all(user):
            return rows
        return rows.filter(**{f"{self.event_path}__in": self.events(user, actions)})

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        """Who may do any of the actions in some event."""
        roles = {role for action in actions if action in self.acts for role in ALLOWED[self.acts[action]]}
        able = Q(is_superuser=True) | Q(memberships__role__in=roles)
        return get_user_model()._default_manager.filter(able, is_active=True).distinct()  # noqa: SLF001


class SuperuserPolicy(BasePermissionPolicy):
    """Rows for superusers alone; an action in `never` is for nobody."""

    def __init__(self, model: type[Model], *, never: Iterable[str] = ()) -> None:
        super().__init__(model)
        self.never = frozenset(never)

    def user_has_permission(self, user: User, action: str) -> bool:
        """Whether the user is a superuser and the action exists."""
        return _sees_all(user) and action not in self.never

    def user_has_any_permission(self, user: User, actions: Iterable[str]) -> bool:
        """Whether the user is a superuser and any of the actions exists."""
        return _sees_all(user) and not set(actions) <= self.never

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        """The superusers."""
        return get_user_model()._default_manager.filter(is_active=True, is_superuser=True)  # noqa: SLF001


def scope_of(model: type[Model]) -> EventPolicy | None:
    """The policy of a model whose rows belong to events, else None."""
    policy = policy_registry.get_by_type(model, fallback=False)
    return policy if isinstance(policy, EventPolicy) else None


def policy_of(model: type[Model]) -> EventPolicy:
    """The policy of a model whose rows do belong to events; raises LookupError when they do not."""
    policy = scope_of(model)
    if policy is None:
        raise LookupError(model)
    return policy


def _sees_all(user: User) -> bool:
    return bool(user.is_active and getattr(user, "is_superuser", False))
