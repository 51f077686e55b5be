"""A rendered mail as the bytes that go over the wire (RFC 5322, MIME), plain ASCII throughout."""

import datetime as dt
import unicodedata
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.encoding import punycode

from .models import Message
from .rendering import Attachment, Rendered


class _WirePolicy(EmailPolicy):
    """CRLF and ASCII only. Spaces in subjects survive: EmailPolicy loses those between encoded words."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """A header as the bytes of its lines."""
        if name != "Subject":
            return super().fold_binary(name, value)
        header = Header(value, "us-ascii" if value.isascii() else "utf-8", header_name=name)
        return f"{name}: {header.encode(linesep=self.linesep)}{self.linesep}".encode("ascii")


# 7bit: no server between us and the delegate needs 8BITMIME, and none re-encodes the body.
POLICY = _WirePolicy(linesep="\r\n", cte_type="7bit")


class AddressError(ValueError):
    """No mail can be sent to this address."""


def compose(
    rendered: Rendered, *, sender: str, to: str, language: str, message_id: str, date: dt.datetime
) -> bytes:
    """The mail's bytes with CRLF line ends.

    `sender` may carry a display name; `to` is a bare address. Raises `AddressError` for an address that
    plain SMTP cannot carry.
    """
    mail = EmailMessage(policy=POLICY)
    mail["Subject"] = one_line(rendered.subject)
    mail["From"] = mailbox(sender)
    mail["To"] = mailbox(to)
    mail["Date"] = date
    mail["Message-ID"] = message_id
    # RFC 3834: no out-of-office answers to us.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(rendered.text)
    if rendered.html:
        mail.add_alternative(rendered.html, subtype="html")
    for attachment in rendered.attachments:
        _attach(mail, attachment)
    mail["Content-Language"] = language
    return mail.as_bytes()


def stamp(message: Message, rendered: Rendered) -> bytes:
    """The bytes of a message of the outbox, dated now. Its Message-ID is made of its primary key."""
    host = punycode(urlsplit(settings.SITE_URL).hostname or "localhost")
    return compose(
        rendered,
        sender=settings.DEFAULT_FROM_EMAIL,
        to=message.to,
        language=message.language,
        message_id=f"<{message.pk}@{host}>",
        date=timezone.now().replace(microsecond=0),
    )


def one_line(text: str) -> str:
    """`text` with line ends and control characters turned into spaces: safe as a header's value."""
    visible = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)
    return " ".join(visible.split())


def mailbox(address: str) -> Address:
    """`Name <local@domain>` or `local@domain`, its domain in ASCII (IDNA).

    Raises `AddressError` when there is no domain or the local part is not ASCII (SMTPUTF8, RFC 6531, is
    not offered by every server on the way).
    """
    name, spec = parseaddr(address)
    local, at, domain = spec.rpartition("@")
    if not (at and local and domain and local.isascii()):
        raise AddressError
    try:
        return Address(display_name=one_line(name), username=local, domain=punycode(domain))
    except ValueError as error:  # UnicodeError of IDNA is one of them
        raise AddressError from error


def _attach(mail: EmailMessage, attachment: Attachment) -> None:
    maintype, _slash, subtype = attachment.mimetype.partition("/")
    mail.add_attachment(
        attachment.content,
        maintype=maintype,
        subtype=subtype,
        filename=one_line(attachment.name),
        params={"charset": "utf-8"} if maintype == "text" else None,
    )
