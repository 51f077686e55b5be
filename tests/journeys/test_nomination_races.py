"""What happens when many nominate for one delegation at the same moment: real processes, both databases."""

from pathlib import Path

import pytest

from tests.journeys.race import race
from tests.live import Database, Site

pytestmark = [pytest.mark.drill, pytest.mark.xdist_group("live")]

PROCESSES, ATTEMPTS = 4, 6


def rush(site: Site, delegation: int, letter: str, mode: str = "guarded") -> list[str]:
    """What the attempts of all processes led to, which start when the last of them is ready."""
    arguments = (str(delegation), letter, str(ATTEMPTS), mode)
    return race(site, PROCESSES, "tests.journeys.nomination_rush", *arguments)


@pytest.fixture
def site(live_database: Database, tmp_path: Path) -> Site:
    return Site(live_database, tmp_path)


@pytest.fixture
def delegation(live_database: Database) -> int:
    """Kenya's to the demonstration session of the Commission: 1 head, 12 delegates, 2 observers."""
    sql = (
        "SELECT d.id FROM events_delegation d JOIN events_event e ON e.id = d.event_id "
        "JOIN events_country c ON c.id = d.country_id WHERE e.code = 'DEMO-CPM' AND c.iso2 = 'KE'"
    )
    return int(live_database.value(sql))


def standing(database: Database, delegation: int) -> dict[str, int]:
    """Rows, mails, and what each counter says that a place of the delegation counts in."""
    mine = "SELECT taken FROM events_counter WHERE delegation_id = ? AND category_id "
    category = "(SELECT category_id FROM events_registration WHERE delegation_id = ? LIMIT 1)"
    rows = "SELECT count(*) FROM events_registration WHERE delegation_id = ?"
    return {
        "rows": database.value(rows, (delegation,)),
        "mails": database.value("SELECT count(*) FROM events_message WHERE kind = 'nominated'"),
        "delegation": database.value(f"{mine} IS NULL", (delegation,)),
        "category": database.value(f"{mine} = {category}", (delegation, delegation)),
    }


def test_the_last_places_of_a_delegation_are_given_once(site: Site, delegation: int) -> None:
    outcomes = rush(site, delegation, "O")

    assert (outcomes.count("nominated"), outcomes.count("full")) == (2, PROCESSES * ATTEMPTS - 2)
    assert standing(site.database, delegation) == {"rows": 2, "mails": 2, "delegation": 2, "category": 2}


def test_there_is_one_head_of_delegation(site: Site, delegation: int) -> None:
    outcomes = rush(site, delegation, "D", "heads")

    assert (outcomes.count("nominated"), outcomes.count("head")) == (1, PROCESSES * ATTEMPTS - 1)
    assert standing(site.database, delegation) == {"rows": 1, "mails": 1, "delegation": 1, "category": 1}


def test_without_the_guard_the_drill_oversells(site: Site, delegation: int) -> None:
    outcomes = rush(site, delegation, "O", "unguarded")

    assert outcomes.count("nominated") == PROCESSES * ATTEMPTS
    assert standing(site.database, delegation)["rows"] > 2
