"""The link of a contact point to one delegation's page."""

from django.conf import settings
from django.urls import reverse

from ..access.signed_link import SignedLink
from .models import Delegation

DELEGATION = SignedLink("events.delegations.link")


def token_of(delegation: Delegation) -> str:
    """The current token."""
    return DELEGATION.token_for(delegation.public_id, delegation.link_version)


def address_of(delegation: Delegation) -> str:
    """The full address of the delegation's page in the active language."""
    return f"{settings.SITE_URL}{reverse('delegation', kwargs={'token': token_of(delegation)})}"
