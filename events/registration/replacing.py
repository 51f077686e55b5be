"""One person in the place of another: no counter moves, so nobody else can take it in between."""

import dataclasses

from django.db import transaction

from .models import Registration
from .services import NOMINATED, Actor, Price, register, write_down
from .states import State, Transition, after


@transaction.atomic
def replace(
    *, registration: Registration, name: str, email: str, language: str, actor: Actor
) -> Registration:
    """End the registration and nominate `name` to the same place: category, party, delegation and price.

    The person replaced and the successor each get an audit line. Raises `NotAllowedError` when the
    state, read under a lock, does not allow it; nothing is changed then.
    """
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    before = State(locked.state)
    locked.state = after(before, Transition.REPLACE, needs_approval=locked.needs_approval)
    locked.save(update_fields=["state", "updated_at"])
    write_down(locked, Transition.REPLACE, actor, before=before)
    return register(
        event=locked.event,
        category=locked.category,
        answers=_of_the_place(locked) | {"name": name, "email": email, "language": language},
        price=Price(locked.price_minor, locked.currency, locked.price_explanation),
        beginning=dataclasses.replace(NOMINATED, actor=actor),
    )


def _of_the_place(registration: Registration) -> dict[str, object]:
    """What belongs to the place and not to the person."""
    return {
        "representing": registration.representing,
        "country": registration.country,
        "rppo": registration.rppo,
        "organization": registration.organization,
        "delegation": registration.delegation,
        "delegation_role": registration.delegation_role,
        "replaces": registration,
    }
