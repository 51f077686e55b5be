"""The personal link: derived from the registration and the secret key, so that no copy is stored.

A token is the registration's public id (16 bytes) and an HMAC-SHA256 tag of 15 bytes over it and
the link's version, in base64url: 42 characters. Raising `link_version` revokes every link before.
"""

import base64
import hmac
import uuid

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

_SALT = "events.registration.link"
_TAG_BYTES = 15
_ID_BYTES = 16


def token_for(public_id: uuid.UUID, version: int) -> str:
    """The current token of a registration."""
    return _encode(public_id.bytes + _tag(public_id, version, settings.SECRET_KEY))


def personal_address(public_id: uuid.UUID, version: int) -> str:
    """The full address of the personal link in the active language."""
    path = reverse("my_registration", kwargs={"token": token_for(public_id, version)})
    return f"{settings.SITE_URL}{path}"


def public_id_in(token: str) -> uuid.UUID | None:
    """The registration that the token names, not yet proved; None when it is no token."""
    raw = _decode(token)
    return uuid.UUID(bytes=raw[:_ID_BYTES]) if len(raw) == _ID_BYTES + _TAG_BYTES else None


def is_valid(token: str, public_id: uuid.UUID, version: int) -> bool:
    """Whether the token was made for this registration and version with a current or former key."""
    tag = _decode(token)[_ID_BYTES:]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    # A list: every key is tried, so that the time taken says nothing.
    return any([hmac.compare_digest(tag, _tag(public_id, version, key)) for key in keys])  # noqa: C419


def _tag(public_id: uuid.UUID, version: int, key: str) -> bytes:
    message = f"{public_id.hex}:{version}"
    return salted_hmac(_SALT, message, secret=key, algorithm="sha256").digest()[:_TAG_BYTES]


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decode(token: str) -> bytes:
    """The bytes of a token; empty when it is none, or not in the one form that `_encode` gives."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return b""
    return raw if _encode(raw) == token else b""
