"""Workers killed and the database crashed while people register: what was acknowledged is there, once."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
import requests
from bs4 import BeautifulSoup

from tests.live import PROJECT, Database, Site, new_database, prepare, running
from tests.mailbox import Mailbox
from tests.postgres import server
from tests.visitor import preset

pytestmark = [pytest.mark.drill, pytest.mark.xdist_group("live")]

PEOPLE = 1500 if os.environ.get("DRILL") == "full" else 60
CLIENTS = 6
PATIENCE_SECONDS = 120
CODE = "DEMO-COMMITTEE"
REGISTER = f"/en/events/{CODE}/register/"
ANSWERS = {
    "category": "X",
    "representing": "other",
    "organization": "Example Laboratory",
    "gender": "not-said",
    "languages": ["en"],
    "language": "en",
    "consent": "on",
}


def insist(ask: Callable[[], requests.Response]) -> requests.Response:
    """Ask again, the very same, until somebody answers who is not in trouble."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        with contextlib.suppress(requests.RequestException):
            response = ask()
            if response.status_code < 500 and response.status_code != 429:
                return response
        assert time.monotonic() < deadline, "nobody answered"
        time.sleep(0.3)


def form_on(response: requests.Response, action: str) -> dict[str, object]:
    """The values with which the page's form would be sent."""
    soup = BeautifulSoup(response.content, "html.parser")
    form = next((each for each in soup.find_all("form") if str(each.get("action")).endswith(action)), None)
    assert form is not None, soup.get_text(" ", strip=True)[:1500]
    return preset(form)


def register(site: Site, number: int) -> str:
    """One person's way to the confirmation; the reference that they were told."""
    session = requests.Session()
    session.headers["Referer"] = site.address + REGISTER
    session.headers["X-Forwarded-For"] = f"203.0.{number // 250}.{number % 250}"
    who = {"name": f"Delegate {number}", "email": f"delegate{number}@example.org"}
    first = insist(lambda: session.get(site.address + REGISTER, timeout=20))
    data = form_on(first, "check/") | ANSWERS | who
    check = insist(lambda: session.post(f"{site.address}{REGISTER}check/", data=data, timeout=20))
    last = form_on(check, "done/")
    done = insist(
        lambda: session.post(f"{site.address}{REGISTER}done/", data=last, timeout=20, allow_redirects=False)
    )
    assert done.status_code == 303, BeautifulSoup(done.content, "html.parser").get_text(" ", strip=True)[
        :1500
    ]
    told = insist(lambda: session.get(f"{site.address}{REGISTER}done/", timeout=20))
    return BeautifulSoup(told.content, "html.parser").select_one(".reference").get_text(strip=True)


def kill_workers(site: Site) -> None:
    """Do a kill -9 of the workers of the web process, which starts others."""
    master = site.processes["web"].pid
    for worker in Path(f"/proc/{master}/task/{master}/children").read_text().split():
        os.kill(int(worker), signal.SIGKILL)


def crash(database: Database) -> None:
    """Do a kill -9 of one of PostgreSQL's processes: it throws everybody out and recovers from its log."""
    with psycopg.connect(database.url) as connection:
        pid = connection.execute(
            "SELECT pid FROM pg_stat_activity "
            "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        ).fetchone()
    # Not from within the connection, which is thrown out as well and then cannot end its transaction.
    os.kill(pid[0], signal.SIGKILL)


@pytest.fixture
def own_database(demo_database: Database, live_database: Database, tmp_path: Path) -> Iterator[Database]:
    """One that may crash: on PostgreSQL a server of its own, which waits for the disk."""
    if demo_database.is_sqlite:
        yield live_database
        return
    with server(lasting=True) as url:
        database = new_database(url, tmp_path)
        prepare(Site(database, tmp_path))
        yield database


@pytest.mark.filterwarnings("ignore:XDG_RUNTIME_DIR is not set")  # of the server's package, on import
def test_nothing_acknowledged_is_lost(
    own_database: Database, mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "1")
    own_database.rows("UPDATE events_counter SET capacity = NULL")
    own_database.rows("UPDATE events_category SET needs_approval = ?", (False,))
    site = Site(own_database, tmp_path, mailbox.url)
    acts = [lambda: kill_workers(site)] * 3
    if not own_database.is_sqlite:
        acts.insert(2, lambda: crash(own_database))
    told: list[str] = []
    lock = threading.Lock()

    def one(number: int) -> None:
        reference = register(site, number)
        with lock:
            told.append(reference)
            due = len(acts) and len(told) >= PEOPLE * (1 - len(acts) / 5)
            act = acts.pop() if due else None
        if act:
            act()

    with running(site, "web", "worker"), ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(one, range(PEOPLE)))
        _wait_for_mails(own_database)

    kept = [
        row[0]
        for row in own_database.rows("SELECT reference FROM events_registration WHERE email LIKE 'delegate%'")
    ]
    assert acts == []
    assert sorted(told) == sorted(kept)
    assert len(set(kept)) == PEOPLE
    assert _judged(site) == {"faults": [], "states": {"confirmed": PEOPLE}}
    _judge_mails(mailbox)


def _wait_for_mails(database: Database) -> None:
    """Until all are sent. A mail under way in the crash is leased for minutes: they have passed by then."""
    unsent = "SELECT count(*) FROM events_message WHERE state <> 'sent'"
    leased = f"{unsent} AND lease_until IS NOT NULL"
    deadline = time.monotonic() + PATIENCE_SECONDS + PEOPLE
    while left := database.value(unsent):
        assert time.monotonic() < deadline, f"{left} mails are left"
        time.sleep(0.5)
        if left == database.value(leased):
            past = "2020-01-01 00:00:00+00:00"
            database.rows("UPDATE events_message SET lease_until = ? WHERE state <> 'sent'", (past,))


def _judged(site: Site) -> dict[str, object]:
    command = [sys.executable, "-m", "tests.journeys.duel", "judge", CODE]
    done = subprocess.run(
        command, cwd=PROJECT, env=site.environment, text=True, capture_output=True, check=True
    )
    return dict(json.loads(done.stdout))


def _judge_mails(mailbox: Mailbox) -> None:
    """Everybody has their mail; one that came again has the same number, so that readers show it once."""
    mails = [(str(mail["To"]), str(mail["Message-ID"])) for mail in mailbox.messages()]
    repeated = sum(count - 1 for count in Counter(mails).values())
    print(f"{PEOPLE} registrations, {len(mails)} mails, {repeated} of them repeated")
    assert len({to for to, _number in mails}) == PEOPLE
    assert len(set(mails)) == PEOPLE
