"""Who may do what: the one place where the reach of a member of staff is decided."""

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from .models import Membership
from .roles import ALLOWED, Act


def event_ids_for(user: AbstractBaseUser | AnonymousUser, act: Act) -> list[int]:
    """The events in which `user` may do `act`: all for a superuser, none for who is not active."""
    if not user.is_active:
        return []
    if getattr(user, "is_superuser", False):
        return list(apps.get_model("events", "Event").objects.order_by("pk").values_list("pk", flat=True))
    if user.pk is None:
        return []
    held = Membership.objects.filter(user_id=user.pk, role__in=ALLOWED[act])
    return sorted(set(held.values_list("event_id", flat=True)))


def may(user: AbstractBaseUser | AnonymousUser, act: Act, event_id: int) -> bool:
    """Whether `user` may do `act` in this event."""
    if not user.is_active or user.pk is None:
        return False
    if getattr(user, "is_superuser", False):
        return True
    return Membership.objects.filter(user_id=user.pk, event_id=event_id, role__in=ALLOWED[act]).exists()
