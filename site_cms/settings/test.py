"""Settings of the test-suite. DATABASE_URL chooses the database, as everywhere."""

from .base import *  # noqa: F403 - Django's way to derive settings

DEMONSTRATION = True
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
# Nothing is collected for tests, about which WhiteNoise would warn at each start.
WHITENOISE_AUTOREFRESH = True
# A test sees what it has just changed.
DUMMY = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
CACHES = CACHES | {"process": DUMMY, "renditions": DUMMY}  # noqa: F405
# Images of tests leave no files.
_IN_MEMORY = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
STORAGES = STORAGES | {"default": _IN_MEMORY, "private": _IN_MEMORY}  # noqa: F405
