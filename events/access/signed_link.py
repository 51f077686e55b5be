"""Links that prove themselves: nothing is stored, and raising a version revokes all before.

A token is the row's random UUID followed by an HMAC-SHA256 tag of 15 bytes over it and the link's version,
in base64url: 42 characters.
"""

import base64
import hmac
import uuid
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.crypto import salted_hmac

_TAG_BYTES = 15
_ID_BYTES = 16

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class SignedLink:
    """The links of one kind of row. `salt` names the kind: a token of another kind proves nothing."""

    salt: str

    def token_for(self, public_id: uuid.UUID, version: int) -> str:
        """The current token of a row."""
        return _encode(public_id.bytes + self._tag(public_id, version, settings.SECRET_KEY))

    def is_valid(self, token: str, public_id: uuid.UUID, version: int) -> bool:
        """Whether the token was made for this row and version with a current or former key."""
        tag = _decode(token)[_ID_BYTES:]
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        # A list: every key is tried, so that the time taken says nothing.
        return any([hmac.compare_digest(tag, self._tag(public_id, version, key)) for key in keys])  # noqa: C419

    def row_in(self, rows: QuerySet[Row], token: str) -> Row | None:
        """The row whose current token this is, or None. One query for what looks like a token, else none.

        The rows have a `public_id` and a `link_version`.
        """
        public_id = public_id_in(token)
        if public_id is None:
            return None
        row: Any = rows.filter(public_id=public_id).first()
        if row is None or not self.is_valid(token, public_id, row.link_version):
            return None
        return row

    def _tag(self, public_id: uuid.UUID, version: int, key: str) -> bytes:
        message = f"{public_id.hex}:{version}"
        return salted_hmac(self.salt, message, secret=key, algorithm="sha256").digest()[:_TAG_BYTES]


def public_id_in(token: str) -> uuid.UUID | None:
    """The row that the token names, not yet proved; None when it is no token."""
    raw = _decode(token)
    return uuid.UUID(bytes=raw[:_ID_BYTES]) if len(raw) == _ID_BYTES + _TAG_BYTES else None


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decode(token: str) -> bytes:
    """The bytes of a token; empty when it is none, or not in the one form that `_encode` gives."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return b""
    return raw if _encode(raw) == token else b""
