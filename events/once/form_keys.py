"""The key and the owner of a public form: what makes that a form sent twice acts once."""

import hashlib
import re
import secrets
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token

_KEY = re.compile(r"[0-9a-f]{32}\Z")


def new_key() -> str:
    """A key for a form that is shown for the first time."""
    return secrets.token_hex(16)


def key_in(request: HttpRequest) -> str | None:
    """The key that came back with the form, if it is one."""
    key = request.POST.get("key", "")
    return key if _KEY.match(key) else None


def form_session(request: HttpRequest) -> str:
    """Who fills the form in: the browser with this CSRF cookie, which is kept as a hash only."""
    get_token(request)
    secret: Any = request.META["CSRF_COOKIE"]
    return hashlib.sha256(f"form session:{secret}".encode()).hexdigest()
