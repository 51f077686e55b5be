"""Joining and leaving the staff, and the record of who saw personal data."""

import datetime as dt
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from .models import AccessRecord, Invitation, Membership
from .roles import Role

VALID_FOR = dt.timedelta(days=7)


class InvitationClosedError(Exception):
    """The invitation was accepted, withdrawn or has run out."""


def record_access(
    *,
    user: AbstractBaseUser | AnonymousUser,
    event_id: int | None,
    what: str,
    subject: str = "",
    people: int = 1,
) -> AccessRecord:
    """Note that `user` saw the personal data of `people` persons; `subject` is the reference of the one."""
    return AccessRecord.objects.create(
        user_id=user.pk, event_id=event_id, what=what, subject=subject, people=people
    )


@transaction.atomic
def make_invitation(
    *, email: str, event_id: int | None, role: Role | str, invited_by: AbstractBaseUser
) -> Invitation:
    """Invite somebody to an event's team, or (no event) to an account; an open one of the same kind ends."""
    now = timezone.now()
    email = email.strip().lower()
    same = Invitation.objects.filter(event_id=event_id) if event_id else Invitation.objects.filter(event=None)
    same.filter(email=email, accepted_at=None, expires_at__gt=now).update(expires_at=now)
    return Invitation.objects.create(
        email=email, event_id=event_id, role=role, invited_by_id=invited_by.pk, expires_at=now + VALID_FOR
    )


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation) -> Invitation:
    """End an invitation that was not accepted; raises `InvitationClosedError` when it was."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at:
        raise InvitationClosedError
    locked.expires_at = timezone.now()
    locked.save(update_fields=["expires_at"])
    return locked


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, first_name: str = "", last_name: str = "", password: str = ""
) -> AbstractBaseUser:
    """Use an invitation up: the person gets an account if they have none in use, and their role.

    Somebody who had left starts anew, without the roles and rights of that time. Raises
    `InvitationClosedError`.
    """
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not locked.is_open:
        raise InvitationClosedError
    users = get_user_model()._default_manager  # noqa: SLF001 - Django's documented name
    user = users.filter(email__iexact=locked.email).first()
    if user is None or not user.is_active:
        user = user or users.model(email=locked.email)
        user.first_name, user.last_name = first_name, last_name
        user.set_password(password)
        _start_anew(user)
    if locked.event_id:
        Membership.objects.get_or_create(event_id=locked.event_id, user=user, role=locked.role)
    locked.accepted_at = timezone.now()
    locked.save(update_fields=["accepted_at"])
    log(instance=user, action="events.joined", user=user)
    return user


def _start_anew(user: Any) -> None:
    """Put an account into use, without any role or right that it had before."""
    user.is_active, user.is_staff, user.is_superuser = True, False, False
    user.save()
    user.groups.clear()
    user.user_permissions.clear()
    Membership.objects.filter(user_id=user.pk).delete()


@transaction.atomic
def close_account(*, user: AbstractBaseUser, closed_by: AbstractBaseUser | None) -> None:
    """Nobody signs in with this account any more, and nobody is signed in with it.

    Without its password every session of the account fails Django's session hash, also after a
    return. Roles, rights and second factors stay as the record of the time; they give nothing now.
    """
    locked = apps.get_model(user._meta.label).objects.select_for_update().get(pk=user.pk)  # noqa: SLF001
    locked.is_active = False
    locked.set_unusable_password()
    locked.save(update_fields=["is_active", "password"])
    log(instance=locked, action="events.left", user=closed_by)


@transaction.atomic
def team_copy(*, source_id: int, event_id: int) -> int:
    """Give an event the team of another one, each with the same roles; how many roles.

    Whoever has left is left out.
    """
    held = Membership.objects.filter(event_id=source_id, user__is_active=True).order_by("pk")
    roles = [Membership(event_id=event_id, user_id=each.user_id, role=each.role) for each in held]
    return len(Membership.objects.bulk_create(roles))


def join_team(*, user: AbstractBaseUser, event_id: int, role: Role) -> Membership:
    """Give the person the role in the event's team, if they have it not."""
    return Membership.objects.get_or_create(event_id=event_id, user_id=user.pk, role=role)[0]
