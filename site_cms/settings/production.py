"""Settings where people register. Refuses to start on anything that could lose or leak data."""

from django.core.exceptions import ImproperlyConfigured

from ..env import refusals
from .base import *  # noqa: F403 - Django's way to derive settings
from .base import DOCUMENTS_STORAGE, ENV, PRIVATE_STORAGE, SITE_URL

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
    "documents": DOCUMENTS_STORAGE,
    "private": PRIVATE_STORAGE,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


if found := refusals(ENV):
    raise ImproperlyConfigured("The site does not start:\n- " + "\n- ".join(found))
