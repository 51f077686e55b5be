"""Members of staff for the tests of the door."""

from django.contrib.auth import get_user_model

from events.access.models import Membership
from events.access.roles import Role
from events.catalogue.models import Event


def make_member(event: Event, role: Role = Role.DOOR, email: str = "door@example.org"):
    """Somebody in the event's team."""
    user, _made = get_user_model().objects.get_or_create(email=email)
    Membership.objects.create(event=event, user=user, role=role)
    return user
