"""What happens when many people confirm at the same moment: real processes, both databases."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.race import race
from tests.live import PROJECT, Database, Site

pytestmark = [pytest.mark.drill, pytest.mark.xdist_group("live")]


OWN = "category_id IS NULL AND delegation_id IS NULL"
"""The condition on the event's own counter."""

FULL = os.environ.get("DRILL") == "full"
DUELS = 1600 if FULL else 25
"""People in each of the three duels, each of whom two processes act on: with the rushes 10,000 attempts."""


def rush(site: Site, code: str, *, processes: int, attempts: int, mode: str = "guarded") -> list[str]:
    """What the attempts of all processes led to, which start when the last of them is ready."""
    return race(site, processes, "tests.journeys.rush", code, str(attempts), mode)


@pytest.fixture
def site(live_database: Database, tmp_path: Path) -> Site:
    return Site(live_database, tmp_path)


def with_places(database: Database, code: str, places: int) -> int:
    """The event's pk, after giving it this many places and its categories no limit."""
    event = database.value("SELECT id FROM events_event WHERE code = ?", (code,))
    database.rows("UPDATE events_counter SET capacity = NULL WHERE event_id = ?", (event,))
    sql = f"UPDATE events_counter SET capacity = ? WHERE event_id = ? AND {OWN}"  # noqa: S608 - a constant
    database.rows(sql, (places, event))
    return int(event)


def registrations(database: Database, event: int) -> int:
    return int(database.value("SELECT count(*) FROM events_registration WHERE event_id = ?", (event,)))


def taken(database: Database, event: int) -> int:
    sql = f"SELECT taken FROM events_counter WHERE event_id = ? AND {OWN}"  # noqa: S608 - a constant
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


def run(site: Site, *arguments: str, **options: Any) -> Any:
    """What one step of the duel printed."""
    command = [sys.executable, "-m", "tests.journeys.duel", *arguments]
    done = subprocess.run(
        command, cwd=PROJECT, env=site.environment, text=True, capture_output=True, check=False, **options
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def duel(
    site: Site, folder: Path, acts: tuple[str, str], *, state: str, number: int, unguarded: bool = False
) -> tuple[list[tuple[str, str]], dict[str, Any]]:
    """What both acts led to for each person, and how the event stands then."""
    with_places(site.database, "DEMO-EPHYTO", 100_000)
    people = run(site, "prepare", "DEMO-EPHYTO", str(number), state)
    steps = folder / "steps"
    steps.write_bytes(bytes(8))
    environment = site.environment | ({"UNGUARDED": "1"} if unguarded else {})
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.duel", "act", name, str(me), str(steps)],
            cwd=PROJECT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for me, name in enumerate(acts)
    ]  # fmt: skip
    for process in running:
        process.stdin.write(json.dumps(people) + "\n")
        process.stdin.flush()
    outputs = [process.communicate(timeout=900)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    outcomes = list(zip(*(json.loads(output) for output in outputs), strict=True))
    return outcomes, run(site, "judge", "DEMO-EPHYTO")


BOTH, FIRST, SECOND = ("done", "done"), ("done", "refused"), ("refused", "done")


@pytest.mark.parametrize(
    "acts,state,ways,ends",
    [
        (("approve", "withdraw"), "pending", {BOTH, SECOND}, {"withdrawn"}),
        (("approve", "refuse"), "pending", {FIRST, SECOND}, {"confirmed", "refused"}),
        (("accept", "lapse"), "offered", {FIRST, SECOND}, {"confirmed", "lapsed"}),
    ],
)
def test_two_acts_on_one_person_at_the_same_moment(
    site: Site,
    tmp_path: Path,
    *,
    acts: tuple[str, str],
    state: str,
    ways: set[Any],
    ends: set[str],
) -> None:
    outcomes, stands = duel(site, tmp_path, acts, state=state, number=DUELS)
    counted = {way: outcomes.count(way) for way in sorted(set(outcomes))}
    print(f"{acts[0]} against {acts[1]}: {2 * len(outcomes)} attempts, {counted}, {stands}")
    assert stands["faults"] == []
    assert set(outcomes) <= ways
    assert set(stands["states"]) <= ends
    assert sum(stands["states"].values()) == DUELS


@pytest.mark.parametrize(
    "acts,state",
    [
        (("approve", "withdraw"), "pending"),
        (("approve", "refuse"), "pending"),
        (("accept", "lapse"), "offered"),
    ],
)
def test_without_the_lock_the_duel_is_noticed(
    site: Site, tmp_path: Path, acts: tuple[str, str], state: str
) -> None:
    if site.database.is_sqlite:
        pytest.skip("SQLite runs IMMEDIATE transactions one after the other: nothing to race")
    _outcomes, stands = duel(site, tmp_path, acts, state=state, number=20, unguarded=True)
    assert stands["faults"] != []
