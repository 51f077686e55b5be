"""Stored bytes through any of Django's mail backends, and what the mail server's answers mean."""

import re
import smtplib
import traceback
from email.message import Message as ParsedMail

from django.core.mail import EmailMessage

from .mime import AddressError, mailbox, one_line

ERROR_LENGTH = 300
_ADDRESS = re.compile(r"\S+@\S+")
# 5.7.x (RFC 3463, security and policy) and "authentication required" speak of us, not of the recipient.
_ABOUT_US = re.compile(r"^\s*5\.7\.")
_AUTHENTICATION = {530, 534, 535, 538}


class StoredMail(EmailMessage):
    """A mail whose bytes are fixed. Every backend asks for `message().as_bytes()` and gets just them."""

    def __init__(self, content: bytes, *, sender: str, to: str) -> None:
        super().__init__(from_email=sender, to=[str(mailbox(to))])
        self.content = content

    def message(self) -> "_Exact":  # type: ignore[override]
        """The stored bytes, not composed again."""
        return _Exact(self.content)


class _Exact(ParsedMail):
    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.content = content

    def as_bytes(self, *args: object, **kwargs: object) -> bytes:
        return self.content


def refused_for_good(error: Exception) -> bool:
    """Whether trying again is useless: the address or the mail itself was refused (5xx, RFC 5321).

    Trouble with the connection, with our own sign-in or with a policy of the server passes.
    """
    if isinstance(error, AddressError):
        return True
    if not isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        return False
    code, words = _answer(error)
    return 500 <= code < 600 and code not in _AUTHENTICATION and not _ABOUT_US.match(words)


def in_words(error: Exception, *, to: str = "") -> str:
    """The error for staff, at most `ERROR_LENGTH` characters and without personal data.

    Only a mail server's answer is quoted, with every address and the recipient's name in it masked;
    other errors are told by kind and place, because their text may hold what a person typed.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException):
        code, words = _answer(error)
        masked = _ADDRESS.sub("[address]", one_line(words))
        if local := to.partition("@")[0]:
            masked = re.sub(rf"\b{re.escape(local)}\b", "[address]", masked, flags=re.IGNORECASE)
        return f"{code} {masked}"[:ERROR_LENGTH]
    if isinstance(error, OSError) and error.strerror:
        return f"{type(error).__name__}: {error.strerror}"[:ERROR_LENGTH]
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({frames[-1].name}, line {frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}{place}"[:ERROR_LENGTH]


def _answer(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException) -> tuple[int, str]:
    """The server's code and words. There is one recipient, so one refusal."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _decoded(*next(iter(error.recipients.values())))
    return _decoded(error.smtp_code, error.smtp_error)


def _decoded(code: int, words: bytes | str) -> tuple[int, str]:
    return code, words.decode("utf-8", "replace") if isinstance(words, bytes) else words
