"""Editors of an event may submit its pages for translation; which pages, the gate and the policies decide."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest

from .policies import edited_events

SUBMIT_TRANSLATION = "wagtail_localize.submit_translation"


class EditorBackend:
    """Grants the one permission that wagtail-localize asks. It knows no passwords and no sessions."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Nobody signs in through it."""

    def has_perm(self, user_obj: AbstractBaseUser | AnonymousUser, perm: str, obj: object = None) -> bool:
        """Whether `perm` is to submit for translation and the person edits an event."""
        return perm == SUBMIT_TRANSLATION and bool(edited_events(user_obj))
