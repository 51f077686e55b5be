"""Links that a browser may follow."""

import html
import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import RichText
from wagtail.whitelist import check_url

_HREF = re.compile(r"""\s+href\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)""", re.IGNORECASE)

_https = URLValidator(schemes=["https"], message=_("Enter an address that begins with https://."))


def checked_links(text: RichText) -> RichText:
    """The text without links of another scheme than http, https, ftp, mailto and tel.

    The editor takes such links out when a person saves them. What comes another way, such as an address
    that a translator wrote over, is caught here.
    """
    return RichText(_HREF.sub(_if_followed, text.source)) if text.source else text


def validate_https(address: str) -> None:
    """Refuse an address that is not https."""
    _https(address)


def validate_video_host(address: str) -> None:
    """Refuse an address that is not https on a site where videos are watched."""
    _https(address)
    if video_host(address) is None:
        raise ValidationError(
            _("Enter the address of a video on %(sites)s."), params={"sites": ", ".join(VIDEO_HOSTS)}
        )


VIDEO_HOSTS = ("youtube.com", "youtu.be", "vimeo.com", "fao.org", "un.org", "ippc.int")


def video_host(address: str) -> str | None:
    """The site of a video, such as youtube.com; None where it is none of those that are allowed."""
    found = re.match(
        r"https://(?:[a-z0-9-]+\.)*?(" + "|".join(map(re.escape, VIDEO_HOSTS)) + r")(?:/|\Z)", address
    )
    return found[1] if found else None


def _if_followed(href: re.Match[str]) -> str:
    """The attribute as it is, or nothing when a browser would run it."""
    return href[0] if check_url(html.unescape(href[1].strip("\"'"))) else ""
