"""The cache of each process, which other tests do without."""

from typing import Any

import pytest
from django.core.cache import caches


@pytest.fixture
def process_cache(settings: Any) -> None:
    """As in production, and empty."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = settings.CACHES | {"process": {"BACKEND": backend, "LOCATION": "desk"}}
    caches["process"].clear()
