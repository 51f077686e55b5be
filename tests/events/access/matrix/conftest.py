"""Thousands of requests in one run."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def quick_and_quiet(settings: Any) -> Iterator[None]:
    """A refused request is no news, and where the site once moved is not looked up for each of them."""
    former = "wagtail.contrib.redirects.middleware.RedirectMiddleware"
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != former]
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)
