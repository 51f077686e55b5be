"""Keeps personal links out of the log: whoever has such a link acts as the person."""

import logging
import re
from urllib.parse import quote

# What follows these opens a registration, a delegation, a calendar, a badge, an invitation or a password.
SECRET = re.compile(
    r"(/(?:r|delegations|register/saved|register/invited|calendar/my|b|reset/key|accounts/invitation)/)"
    r"[^/?#\s\"']+",
    re.IGNORECASE,
)


def mask(text: str) -> str:
    """The text with the secret part of every address replaced by three stars."""
    return SECRET.sub(r"\1***", text)


def masked_path(path: str) -> str:
    """A WSGI path fit for the log: without secret, and on one line whatever the client sent."""
    return quote(mask(path.encode("latin-1").decode(errors="replace")), safe="/*:@")


class MaskSecrets(logging.Filter):
    """Masks the secrets in a log record, such as Django's `Not Found: /en/r/...`."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the message by its masked form and let it pass."""
        record.msg, record.args = mask(record.getMessage()), None
        return True
