"""Fixtures for every test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live import Database, Site, new_database, prepare, running
from tests.mailbox import Mailbox


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with the demonstration content, made once and copied by every live test."""
    folder = tmp_path_factory.mktemp("template")
    database = new_database(os.environ.get("DATABASE_URL", ""), folder)
    prepare(Site(database, folder))
    yield database
    database.drop()


@pytest.fixture
def live_database(demo_database: Database, tmp_path: Path) -> Iterator[Database]:
    """A copy of the demonstration database for one test."""
    database = demo_database.copy(tmp_path)
    yield database
    database.drop()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A real SMTP server that keeps what it is given."""
    with Mailbox() as box:
        yield box


@pytest.fixture
def live_site(live_database: Database, mailbox: Mailbox, tmp_path: Path) -> Iterator[Site]:
    """Web, worker and clock as processes, with a real SMTP server."""
    with running(Site(live_database, tmp_path, mailbox.url), "web", "worker", "clock") as site:
        yield site


@pytest.fixture(autouse=True)
def standing_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The texts on every page are the standard ones, known beforehand: no test counts the query for them."""
    from site_cms import site_texts

    standing = site_texts.Standing(site_texts.SiteTexts(), read_at=float("inf"))
    monkeypatch.setattr(site_texts, "_kept", [standing])
