"""System checks of the domain."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Warning as CheckWarning
from django.core.checks import register

LONGEST_HOST = 16


@register()
def badge_host_is_short(app_configs: object, **kwargs: object) -> list[CheckWarning]:
    """Warn when the badge's address no longer fits a version 3 QR symbol at level Q (47 characters)."""
    host = urlsplit(settings.BADGE_URL).netloc
    if len(host) <= LONGEST_HOST:
        return []
    return [
        CheckWarning(
            f"BADGE_URL's host {host!r} has more than {LONGEST_HOST} characters.",
            hint="Badges are printed with QR version 4, which scans a little less well.",
            id="events.W001",
        )
    ]
