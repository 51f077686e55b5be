"""Staff come by a mailed invitation and go by one switch."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import get_language

from ..access.models import Invitation
from ..access.roles import Role
from ..access.services import close_account, make_invitation
from ..catalogue.models import Event
from ..checkin.models import Device
from ..checkin.services import device_end
from ..outbox.services import queue


@transaction.atomic
def invite(*, email: str, event: Event | None, role: Role | str, invited_by: AbstractBaseUser) -> Invitation:
    """Invite somebody and queue the mail, in the language of who invites."""
    invitation = make_invitation(
        email=email, event_id=event.pk if event else None, role=role, invited_by=invited_by
    )
    queue(
        kind="staff-invitation",
        to=invitation.email,
        language=get_language() or "en",
        about={"invitation": invitation.pk},
        once=f"staff-invitation:{invitation.pk}",
    )
    return invitation


@transaction.atomic
def leave(*, user: AbstractBaseUser, closed_by: AbstractBaseUser | None) -> None:
    """The one switch: the account, its sessions and its devices end together."""
    close_account(user=user, closed_by=closed_by)
    for device in Device.objects.filter(held_by_id=user.pk, ended_at=None):
        device_end(device=device)
