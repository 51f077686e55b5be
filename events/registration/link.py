"""The personal links: of a registration, an invitation to register, a form half filled in."""

import uuid

from django.conf import settings
from django.urls import reverse

from ..access.signed_link import SignedLink

REGISTRATION = SignedLink("events.registration.link")
INVITATION = SignedLink("events.registration.invitation")
DRAFT = SignedLink("events.registration.draft")


def personal_address(public_id: uuid.UUID, version: int) -> str:
    """The full address of the personal link of a registration in the active language."""
    path = reverse("my_registration", kwargs={"token": REGISTRATION.token_for(public_id, version)})
    return f"{settings.SITE_URL}{path}"


def draft_address(*, code: str, public_id: uuid.UUID) -> str:
    """The full address of a form half filled in for the event `code`, in the active language."""
    path = reverse("register_saved", kwargs={"code": code, "token": DRAFT.token_for(public_id, 0)})
    return f"{settings.SITE_URL}{path}"


def invitation_address(*, code: str, public_id: uuid.UUID, version: int) -> str:
    """The full address of an invitation to register for the event `code` in the active language."""
    token = INVITATION.token_for(public_id, version)
    return f"{settings.SITE_URL}{reverse('register_invited', kwargs={'code': code, 'token': token})}"
