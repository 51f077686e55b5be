"""Web addresses that strangers type: only what a browser opens as a page, and shown for what it is. Pure."""

import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.encoding import iri_to_uri, punycode
from django.utils.translation import gettext_lazy as _

LONGEST = 300

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_UNFIT = re.compile(r"[\s\\<>\"\x00-\x1f\x7f]")
_is_page = URLValidator(schemes=["http", "https"])


def clean_address(text: str) -> str:
    """The http(s) address in ASCII (RFC 3986): the host in punycode, the rest percent-encoded.

    Without a scheme https is meant. Raises ValidationError for another scheme, for a name or password
    before the host, and for what is no address. ASCII shows a host that imitates another one as xn--.
    """
    text = text.strip()
    if not text:
        return ""
    if not _SCHEME.match(text):
        text = f"https://{text}"
    try:
        address = _in_ascii(_checked(text))
        _is_page(address)
    except (ValueError, ValidationError) as error:
        if isinstance(error, ValidationError) and error.code != "invalid":
            raise
        raise ValidationError(
            _("Enter a full web address, like https://www.example.org/event."), code="not-a-page"
        ) from None
    if len(address) > LONGEST:
        raise ValidationError(_("This web address is too long. Use a shorter one."), code="too-long")
    return address


def host_of(address: str) -> str:
    """The host of a cleaned address, to be shown as the link's text."""
    return urlsplit(address).hostname or ""


def _checked(text: str) -> SplitResult:
    """The parts of the address. Raises ValueError where it cannot be split."""
    parts = urlsplit(text)
    if parts.scheme.lower() not in {"http", "https"}:
        raise ValidationError(_("The web address must begin with https:// or http://."), code="scheme")
    if "@" in parts.netloc:
        raise ValidationError(_("The web address must not hold a user name or password."), code="credentials")
    if _UNFIT.search(text):
        raise ValueError
    return parts


def _in_ascii(parts: SplitResult) -> str:
    # `port` raises ValueError when it is no number in range.
    port = f":{parts.port}" if parts.port else ""
    host = punycode(parts.hostname or "").lower()
    bare = urlunsplit((parts.scheme.lower(), host + port, parts.path, parts.query, parts.fragment))
    return str(iri_to_uri(bare))
