"""Whoever is in an event's team may open the staff screens; what they find there, the policies decide."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest

from .selectors import roles_held

ACCESS_ADMIN = "wagtailadmin.access_admin"


class TeamBackend:
    """Grants the one permission that Wagtail asks at its door. It knows no passwords and no sessions."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Nobody signs in through it."""

    def has_perm(self, user_obj: AbstractBaseUser | AnonymousUser, perm: str, obj: object = None) -> bool:
        """Whether `perm` is access to the staff screens and the person belongs to a team."""
        return perm == ACCESS_ADMIN and bool(roles_held(user_obj))
