"""Handing a delegation over to a successor; the Secretariat is told."""

from django.conf import settings
from django.db import transaction

from ...access.roles import Act
from ...access.selectors import people_who_may
from ...delegations import services
from ...delegations.models import Delegation
from ...outbox.services import queue


@transaction.atomic
def hand_over(*, delegation: Delegation, name: str, email: str, language: str) -> Delegation:
    """Give the page to a successor, and tell the registrars of the event."""
    handed = services.hand_over(delegation=delegation, name=name, email=email, language=language)
    told = people_who_may(Act.CHANGE_REGISTRATIONS, handed.event_id) or [settings.DEFAULT_FROM_EMAIL]
    for number, address in enumerate(told):
        queue(
            kind="delegation-successor-notice",
            to=address,
            language="en",
            about={"delegation": handed.pk, "contact_point": handed.contact_point_id},
            once=f"delegation-successor-notice:{handed.pk}:{handed.contact_point_id}:{number}",
            event_id=handed.event_id,
        )
    return handed
