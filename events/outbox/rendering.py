"""What a renderer hands to the outbox: a mail in words, not yet in bytes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with the mail. `mimetype` as in RFC 2046, for example `text/calendar`."""

    name: str
    content: bytes
    mimetype: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """The mail's subject (one line), its text and HTML bodies (no HTML: empty), and its files.

    From, To, Date and Message-ID are the outbox's own.
    """

    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()
