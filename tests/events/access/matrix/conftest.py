"""Thousands of requests in one run."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import transaction

from .world import World, make_world


@pytest.fixture(scope="module", autouse=True)
def quiet() -> Iterator[None]:
    """A refused request is no news."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Made once for a module, below the transaction of each of its tests; its documents in a folder apart."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(storages["documents"], "location", str(tmp_path_factory.mktemp("documents")))
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def quick(settings: Any) -> None:
    """Where the site once moved is not looked up for each refused request."""
    former = "wagtail.contrib.redirects.middleware.RedirectMiddleware"
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != former]
