"""Accounts for trying the staff screens: one who may do everything, and one of each role in one team."""

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction

from ...access.models import Membership
from ...access.roles import Role
from ...catalogue.models import Event

PASSWORD = "demonstration-only"  # noqa: S105 - printed by the command, refused in production
ADMINISTRATOR = "admin@example.org"
TEAM = {role: f"{role.value}@example.org" for role in Role}
_TEAM_OF = "DEMO-EPHYTO"


@transaction.atomic
def add_staff() -> None:
    """Add the accounts and roles that are missing; passwords that exist are left alone."""
    users = get_user_model()._default_manager  # noqa: SLF001 - Django's documented name
    wanted = {ADMINISTRATOR, *TEAM.values()}
    missing = wanted - set(users.filter(email__in=wanted).values_list("email", flat=True))
    if not missing:
        return
    password = make_password(PASSWORD)
    new = [
        users.model(
            email=email,
            password=password,
            is_staff=email == ADMINISTRATOR,
            is_superuser=email == ADMINISTRATOR,
        )
        for email in sorted(missing)
    ]
    people = {user.email: user for user in users.bulk_create(new)}
    event = Event.objects.get(code=_TEAM_OF)
    Membership.objects.bulk_create(
        Membership(event=event, user=people[email], role=role)
        for role, email in TEAM.items()
        if email in people
    )


def how_to_sign_in(site_url: str) -> list[str]:
    """The lines that tell a newcomer where the site is and how its staff sign in."""
    return [
        f"Address: {site_url}/en/",
        f"Staff: {site_url}/admin/ as {ADMINISTRATOR}, password {PASSWORD}",
        f"Team of the demonstration symposium, same password: {', '.join(TEAM.values())}",
    ]
