"""Telling a contact point what became of a nominee."""

from ...outbox.services import queue
from ...registration.models import Registration


def tell_contact_point(registration: Registration) -> None:
    """Queue the mail about a nominee who was refused or cancelled, or has withdrawn; none for anybody else.

    It is about the `nominee`, not a `registration`: that mail would follow the person to another address.
    """
    if registration.delegation is None:
        return
    point = registration.delegation.contact_point
    queue(
        kind="delegation-news",
        to=point.email,
        language=point.language,
        about={"delegation": registration.delegation.pk, "nominee": registration.pk},
        once=f"delegation-news:{registration.pk}",
        event_id=registration.event_id,
    )
