"""Fixtures for every test."""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from tests.live import Database, Site, new_database, prepare, running
from tests.mailbox import Mailbox

DEMO_NOTE = "demo-database"


@pytest.fixture(autouse=True)
def in_english() -> None:
    """Begin in English: a request of the test before leaves its language behind in this thread."""
    translation.deactivate()


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A database with the demonstration content: made once a run, by the first process that needs it."""
    folder = _shared_folder(tmp_path_factory)
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        note = folder / DEMO_NOTE
        if not note.exists():
            database = new_database(os.environ.get("DATABASE_URL", ""), folder)
            prepare(Site(database, folder))
            note.write_text(database.url)
    return Database(note.read_text())


def _shared_folder(factory: pytest.TempPathFactory) -> Path:
    """One folder for all processes of the run: below it each has its own."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave no database behind on a server of the caller's."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    note = _shared_folder(session.config._tmp_path_factory) / DEMO_NOTE
    if note.exists():
        Database(note.read_text()).drop()


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
