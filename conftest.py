"""What the whole suite depends on: a database, and a browser where the machine has one."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.db import connection

from tests.template import filled

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WITHOUT = "no Chromium on this machine (apt-get install chromium, or CHROMIUM=/path)"

# Playwright keeps an event loop in the test's thread, where Django would otherwise refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Have the tables ready before pytest-django migrates, which then finds nothing to do."""
    if connection.vendor != "sqlite":
        yield
        return
    with filled(connection.creation._get_test_db_name()):  # noqa: SLF001 - with the suffix of this process
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Drive the machine's own Chromium: none can be downloaded."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": [*FLAGS]}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses the browser, and skip it where there is none."""
    for item in items:
        if {"browser", "page", "context"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
        if not CHROMIUM and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=WITHOUT))


def pytest_report_header() -> str:
    """Say before the run which browser is driven."""
    return f"browser tests: {CHROMIUM or 'skipped, ' + WITHOUT}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say again after the run that the browser was left out."""
    if not CHROMIUM:
        terminalreporter.write_line(f"Browser tests were skipped: {WITHOUT}.", yellow=True)
