"""Settings where people register. Refuses to start on anything that could lose or leak data."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403 - Django's way to derive settings
from .base import DATABASES, ENV, SECRET_KEY, SITE_URL

DEBUG = False
DEMONSTRATION = False
REQUIRE_SECOND_FACTOR = ENV.require_second_factor

SECURE_SSL_REDIRECT = SITE_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.trusted_proxies else None
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


def _refusals() -> list[str]:
    """What is missing or unsafe, each with the variable to set."""
    from ..env import DEFAULT_SECRET_KEY

    found = []
    if SECRET_KEY == DEFAULT_SECRET_KEY or len(SECRET_KEY) < 50:
        found.append("SECRET_KEY must be set to at least 50 random characters.")
    if not SITE_URL.startswith("https://"):
        found.append("SITE_URL must be the public https:// address.")
    if DATABASES["default"]["ENGINE"].endswith("sqlite3") and not ENV.allow_sqlite:
        found.append("DATABASE_URL must name PostgreSQL; ALLOW_SQLITE=true accepts SQLite on a lasting disk.")
    if not ENV.allow_local_media:
        found.append("ALLOW_LOCAL_MEDIA=true must say that the disk under MEDIA_ROOT is lasting.")
    if ENV.email_url == "console:":
        found.append("EMAIL_URL must name the mail server.")
    if ENV.stripe_api_base:
        found.append("STRIPE_API_BASE is for tests; unset it.")
    return found


if refusals := _refusals():
    raise ImproperlyConfigured("The site does not start:\n- " + "\n- ".join(refusals))
