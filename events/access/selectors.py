"""Who may do what: the one place where the reach of a member of staff is decided."""

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet

from . import links
from .models import AccessRecord, Invitation, Membership
from .roles import ALLOWED, Act, Role


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


def people_who_may(act: Act, event_id: int) -> list[str]:
    """The addresses of those in the event's team who may do `act`, in order; superusers not among them."""
    able = Membership.objects.filter(event_id=event_id, role__in=ALLOWED[act], user__is_active=True)
    return sorted(set(able.values_list("user__email", flat=True)))


def roles_held(user: AbstractBaseUser | AnonymousUser) -> frozenset[tuple[int, Role]]:
    """Each event in whose team `user` is, with the role; none for who has left.

    Read once for each user object, that is once a request.
    """
    if not user.is_active or user.pk is None:
        return frozenset()
    known: frozenset[tuple[int, Role]] | None = getattr(user, "_roles_held", None)
    if known is None:
        held = Membership.objects.filter(user_id=user.pk).order_by().values_list("event_id", "role")
        known = frozenset((event_id, Role(role)) for event_id, role in held)
        user._roles_held = known  # type: ignore[attr-defined]  # noqa: SLF001 - as Django keeps permissions
    return known


def looks_at(event_id: int, reference: str) -> QuerySet[AccessRecord]:
    """Who looked at the data of the one person with this reference, newest first."""
    return AccessRecord.objects.filter(event_id=event_id, subject=reference).select_related("user")


def open_invitation(token: str) -> Invitation | None:
    """The invitation that the link's token names, while it can be used."""
    invitation_id = links.invitation_id_in(token)
    if invitation_id is None:
        return None
    found = Invitation.objects.select_related("event", "invited_by").filter(pk=invitation_id).first()
    return found if found and found.is_open else None
