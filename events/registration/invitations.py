"""Invitations to register, each bound to one address and used once. They never bypass the places."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from ..catalogue.models import Category
from ..outbox.services import Recipient, queue_to_many, render_anew
from ..typed.names import fold
from . import link
from .beginnings import PersonalInvitation
from .models import Registration
from .states import ENDED


class AlreadyInvitedError(Exception):
    """An address was invited in the meantime; nobody was invited now."""


class InvitationEndedError(Exception):
    """The invitation was used, revoked or has run out."""


@dataclass(frozen=True, slots=True)
class Invitee:
    """Whom to invite, in which language to write."""

    name: str
    email: str
    language: str


@transaction.atomic
def invite(
    *,
    category: Category,
    invitees: Sequence[Invitee],
    invited_by: AbstractBaseUser,
    expires_at: dt.datetime | None = None,
) -> list[PersonalInvitation]:
    """Invite all of them and queue their mails, or nobody. Raises `AlreadyInvitedError`."""
    made = [
        PersonalInvitation(
            event_id=category.event_id,
            category=category,
            name=each.name,
            email=each.email,
            email_folded=fold(each.email),
            language=each.language,
            expires_at=expires_at,
            invited_by_id=invited_by.pk,
        )
        for each in invitees
    ]
    try:
        with transaction.atomic():
            PersonalInvitation.objects.bulk_create(made)
    except IntegrityError:
        raise AlreadyInvitedError from None
    _tell(made, category.event_id)
    return made


def _tell(invitations: Sequence[PersonalInvitation], event_id: int) -> None:
    recipients = (
        Recipient(
            to=each.email,
            language=each.language,
            about={"invitation": each.pk},
            once=f"invitation:{each.pk}:{each.link_version}",
        )
        for each in invitations
    )
    queue_to_many(kind="invitation", recipients=recipients, event_id=event_id)


@transaction.atomic
def send_again(*, invitation: PersonalInvitation) -> PersonalInvitation:
    """Mail a new link; the one before opens nothing any more. Raises `InvitationEndedError`."""
    locked = PersonalInvitation.objects.select_for_update().get(pk=invitation.pk)
    if not locked.is_open:
        raise InvitationEndedError
    locked.link_version += 1
    locked.save(update_fields=["link_version"])
    _tell([locked], locked.event_id)
    return locked


@transaction.atomic
def revoke(*, invitation: PersonalInvitation) -> PersonalInvitation:
    """End an invitation that was not used. Raises `InvitationEndedError` when it has ended already."""
    open_now = PersonalInvitation.objects.filter(pk=invitation.pk, registration=None, revoked_at=None)
    if not open_now.update(revoked_at=timezone.now()):
        raise InvitationEndedError
    render_anew(about={"invitation": invitation.pk}, event_id=invitation.event_id)
    invitation.refresh_from_db()
    return invitation


def use_invitation(*, invitation: PersonalInvitation, registration: Registration) -> None:
    """Bind the invitation to the registration made by it: the first one wins.

    Must run in the registering transaction. Raises `InvitationEndedError`.
    """
    lasts = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    open_now = PersonalInvitation.objects.filter(
        lasts, pk=invitation.pk, registration=None, revoked_at=None, link_version=invitation.link_version
    )
    if not open_now.update(registration=registration):
        raise InvitationEndedError


def invitation_by_token(event_id: int, token: str) -> PersonalInvitation | None:
    """The open invitation of this event whose current link holds `token`, or None. One query."""
    mine = PersonalInvitation.objects.filter(event=event_id).select_related("category", "event__family")
    invitation = link.INVITATION.row_in(mine, token)
    return invitation if invitation and invitation.is_open else None


def invited_already(event_id: int, emails: Collection[str]) -> set[str]:
    """Of these folded addresses, those with an invitation to the event that was not revoked. One query."""
    mine = PersonalInvitation.objects.filter(event=event_id, revoked_at=None, email_folded__in=emails)
    return set(mine.values_list("email_folded", flat=True))


def registered_already(event_id: int, emails: Collection[str]) -> set[str]:
    """Of these folded addresses, those of a registration for the event that has not ended. One query."""
    lasting: QuerySet[Registration] = Registration.objects.exclude(state__in=ENDED)
    mine = lasting.filter(event=event_id, email_folded__in=emails)
    return set(mine.values_list("email_folded", flat=True))
