"""Real workers, real databases, a real mail server: kills, races and outages."""

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.live import Database, Site, running
from tests.mailbox import Mailbox

pytestmark = [pytest.mark.drill, pytest.mark.xdist_group("live")]

MAILS = 400 if os.environ.get("DRILL") == "full" else 60
QUEUE = """
from events.outbox.rendering import Rendered
from events.outbox.services import queue_rendered
for number in range({count}):
    rendered = Rendered("Subject", "Text\\n" * 500, "<p>Text</p>")
    queue_rendered(kind="account", to=f"person{{number}}@example.org", language="en", rendered=rendered)
"""


@pytest.fixture
def site(live_database: Database, mailbox: Mailbox, tmp_path: Path) -> Iterator[Site]:
    site = Site(live_database, tmp_path, mailbox.url)
    live_database.rows("DELETE FROM events_message")
    yield site
    site.stop()


def queue(site: Site, count: int) -> None:
    site.manage("shell", "--no-imports", "-c", QUEUE.format(count=count))


def states(database: Database) -> dict[str, int]:
    return dict(database.rows("SELECT state, count(*) FROM events_message GROUP BY state"))


def wait_until(holds: Callable[[], bool], what: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


def end_leases(database: Database) -> None:
    """What five minutes do."""
    database.rows(
        "UPDATE events_message SET lease_until = '2026-01-01 00:00:00+00:00' WHERE lease_until IS NOT NULL"
    )


def test_workers_side_by_side_send_each_mail_once(site: Site, mailbox: Mailbox, tmp_path: Path) -> None:
    queue(site, MAILS)
    others = [Site(site.database, tmp_path / name, mailbox.url) for name in ("second", "third")]
    for other in others:
        other.folder.mkdir()
    started = time.monotonic()
    with running(site, "worker"), running(others[0], "worker"), running(others[1], "worker"):
        wait_until(lambda: states(site.database) == {"sent": MAILS}, "all mails sent")
        print(f"{MAILS} mails by three workers within {time.monotonic() - started:.1f} s of their start")
    recipients = Counter(message["To"] for message in mailbox.messages())
    assert recipients == {f"person{number}@example.org": 1 for number in range(MAILS)}
    assert site.database.value("SELECT count(*) FROM events_message WHERE attempts <> 1") == 0
    assert site.database.value("SELECT count(*) FROM events_message WHERE mime IS NOT NULL") == 0


def test_a_worker_killed_after_the_server_took_the_mail(site: Site, mailbox: Mailbox) -> None:
    """The one case of a second copy: it carries the same bytes, hence the same Message-ID."""
    queue(site, 1)
    killed = threading.Event()

    def take_and_kill(envelope: object) -> str:
        if not killed.is_set():
            site.kill("worker")
            killed.set()
        return "250 OK"

    mailbox.answer = take_and_kill
    site.start("worker")
    assert killed.wait(60)
    assert states(site.database) == {"queued": 1}
    site.start("worker")
    time.sleep(3)
    assert len(mailbox.raw) == 1
    end_leases(site.database)
    wait_until(lambda: states(site.database) == {"sent": 1}, "the mail sent again")
    assert mailbox.raw == [mailbox.raw[0]] * 2
    assert site.database.value("SELECT attempts FROM events_message") == 2


def test_mail_waits_for_a_mail_server_that_is_away(site: Site) -> None:
    box = Mailbox()
    site.email_url = box.url
    queue(site, 3)
    site.start("worker")
    wait_until(lambda: "mail waits" in site.log("worker"), "the outage in the log")
    assert states(site.database) == {"queued": 3}
    assert site.database.value("SELECT max(attempts) FROM events_message") == 0
    with box:
        wait_until(lambda: states(site.database) == {"sent": 3}, "the mails sent")
        assert len(box.raw) == 3
    assert "@example.org" not in site.log("worker")


def test_a_worker_told_to_stop_ends_at_once_and_leaves_no_lease(site: Site, mailbox: Mailbox) -> None:
    queue(site, MAILS)
    site.start("worker")
    wait_until(lambda: len(mailbox.raw) >= 5, "the first mails")
    process = site.processes["worker"]
    process.terminate()
    assert process.wait(10) == 0
    assert site.database.value("SELECT count(*) FROM events_message WHERE lease_until IS NOT NULL") == 0
    assert states(site.database).get("sent") == len(mailbox.raw)


def test_two_clocks_run_every_job_once_and_stop_when_told(site: Site, tmp_path: Path) -> None:
    jobs = "SELECT count(*) FROM events_job WHERE succeeded_at IS NOT NULL AND lease_until IS NULL"
    site.database.rows("DELETE FROM events_job")
    other = Site(site.database, tmp_path / "second")
    other.folder.mkdir()
    site.start("clock")
    other.start("clock")
    wait_until(lambda: "jobs" in site.log("clock") and "jobs" in other.log("clock"), "both clocks started")
    known = int(site.log("clock").split("runs ")[1].split()[0])
    wait_until(lambda: site.database.value(jobs) == known, "every job done")
    clocks = [each.processes["clock"] for each in (site, other)]
    for clock in clocks:
        clock.terminate()
    assert [clock.wait(10) for clock in clocks] == [0, 0]
    assert "Traceback" not in site.log("clock") + other.log("clock")
