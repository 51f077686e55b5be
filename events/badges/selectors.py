"""Reads of badges: who gets one, in the order in which they are handed out."""

from collections.abc import Collection

from ..catalogue.models import Event
from ..registration.models import Registration
from ..registration.states import State


def badge_holders(event: Event, only: Collection[str] = ()) -> list[Registration]:
    """The confirmed of the event whose ticket opens the door, by category and name, in one query.

    `only` limits them to these references.
    """
    holders = Registration.objects.filter(
        event=event, state=State.CONFIRMED, ticket__isnull=False, ticket__revoked_at__isnull=True
    )
    if only:
        holders = holders.filter(reference__in=only)
    in_order = holders.order_by("category__position", "category__letter", "name_folded", "pk")
    return list(in_order.select_related("category", "country", "rppo", "ticket"))
