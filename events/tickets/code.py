"""The ticket code: 100 random bits as 20 base32 characters (RFC 4648 section 6), and its address."""

import re
import secrets

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
CODE_LENGTH = 20

_CODE = re.compile(rf"[{ALPHABET}]{{{CODE_LENGTH}}}\Z")


def new_code() -> str:
    """A fresh code; it says nothing about the person."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def badge_address(base: str, code: str) -> str:
    """The address in the QR symbol, upper-case so that the symbol's alphanumeric mode holds it.

    `base` is BADGE_URL without a final slash. With at most 16 characters of host and port the whole
    is at most 47 characters: QR version 3 at level Q (ISO/IEC 18004).
    """
    return f"{base}/B/{code}".upper()


def read_code(text: str) -> str | None:
    """The code in what was typed or scanned (a bare code or a badge's address), or None.

    Spaces and hyphens that a person typed are dropped; letter case does not matter.
    """
    last = text.strip().rstrip("/").rsplit("/", 1)[-1]
    candidate = re.sub(r"[\s-]", "", last[:100]).upper()
    return candidate if _CODE.match(candidate) else None
