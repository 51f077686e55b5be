"""What happens when many people confirm at the same moment: real processes, both databases."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.live import PROJECT, Database, Site

pytestmark = [pytest.mark.drill, pytest.mark.xdist_group("live")]


def rush(site: Site, code: str, *, processes: int, attempts: int, mode: str = "guarded") -> list[str]:
    """What the attempts of all processes led to, which start when the last of them is ready."""
    command = [sys.executable, "-m", "tests.journeys.rush", code, str(attempts), mode]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    running = [
        subprocess.Popen(command, cwd=PROJECT, env=site.environment, **pipes) for _ in range(processes)
    ]
    assert [process.stdout.readline() for process in running] == ["ready\n"] * processes
    for process in running:
        process.stdin.write("\n")
        process.stdin.flush()
    outputs = [process.communicate(timeout=300)[0] for process in running]
    assert [process.returncode for process in running] == [0] * processes
    return [outcome for output in outputs for outcome in json.loads(output)]


@pytest.fixture
def site(live_database: Database, tmp_path: Path) -> Site:
    return Site(live_database, tmp_path)


def with_places(database: Database, code: str, places: int) -> int:
    """The event's pk, after giving it this many places and its categories no limit."""
    event = database.value("SELECT id FROM events_event WHERE code = ?", (code,))
    database.rows("UPDATE events_counter SET capacity = NULL WHERE event_id = ?", (event,))
    database.rows(
        "UPDATE events_counter SET capacity = ? WHERE event_id = ? AND category_id IS NULL", (places, event)
    )
    return int(event)


def registrations(database: Database, event: int) -> int:
    return int(database.value("SELECT count(*) FROM events_registration WHERE event_id = ?", (event,)))


def taken(database: Database, event: int) -> int:
    sql = "SELECT taken FROM events_counter WHERE event_id = ? AND category_id IS NULL"
    return int(database.value(sql, (event,)))


def test_the_last_places_are_given_once(site: Site) -> None:
    event = with_places(site.database, "DEMO-EPHYTO", 50)

    outcomes = rush(site, "DEMO-EPHYTO", processes=8, attempts=50)

    confirmed = [outcome for outcome in outcomes if outcome.startswith("confirmed")]
    print(f"{len(outcomes)} attempts, {len(confirmed)} confirmed, {outcomes.count('full')} told full")
    assert (len(outcomes), len(confirmed), outcomes.count("full")) == (400, 50, 350)
    assert len(set(confirmed)) == 50
    assert registrations(site.database, event) == taken(site.database, event) == 50
    assert site.database.value("SELECT count(*) FROM events_message") == 50
    assert site.database.value("SELECT count(*) FROM events_ticket") == 50


def test_without_the_guard_the_drill_oversells(site: Site) -> None:
    if site.database.is_sqlite:
        pytest.skip("SQLite runs IMMEDIATE transactions one after the other: nothing to race")
    event = with_places(site.database, "DEMO-EPHYTO", 20)

    rush(site, "DEMO-EPHYTO", processes=8, attempts=10, mode="unguarded")

    assert registrations(site.database, event) > 20


def test_the_same_request_twice_registers_once(site: Site) -> None:
    event = with_places(site.database, "DEMO-EPHYTO", 1000)

    outcomes = rush(site, "DEMO-EPHYTO", processes=2, attempts=100, mode="twins")

    confirmed = {outcome.split()[1] for outcome in outcomes if outcome.startswith("confirmed")}
    repeated = {outcome.split()[1] for outcome in outcomes if outcome.startswith("repeated")}
    print(f"{len(outcomes)} requests, {len(confirmed)} registrations, {len(repeated)} repeated")
    assert len(outcomes) == 200
    assert confirmed == repeated
    assert len(confirmed) == registrations(site.database, event) == taken(site.database, event) == 100
