"""The works that are measured, by name."""

import datetime as dt
import itertools
import re
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from tests.live import PROJECT, Site
from tests.mailbox import Mailbox

from .harness import Client, Figure, Load, hidden_fields, load, taken_in_all, wait_for

EVENT = "DEMO-EPHYTO"
REGISTER = f"/en/events/{EVENT}/register/"
_EVENT_ID = "SELECT id FROM events_event WHERE code = ?"
_REGISTERED = (
    "SELECT count(*) FROM events_registration JOIN events_event ON events_event.id = event_id WHERE code = ?"
)
_people = itertools.count(1)
_pages = itertools.count(1)


def event_page(site: Site, mailbox: Mailbox) -> list[Figure]:
    """The event's page without any page cache."""
    return [Figure("event page, uncached", str(_uncached(site)), ">= 120/s")]


def crowded_page(site: Site, mailbox: Mailbox) -> list[Figure]:
    """The same with 50,000 registrations for the event. Last, because they stay."""
    # Of the generated participants two fifths come to this event.
    site.manage("demo", "--participants", "125000")
    registered = int(site.database.value(_REGISTERED, (EVENT,)))
    assert registered >= 49_000
    return [Figure(f"event page, uncached, {registered:,} registrations", str(_uncached(site)), "the same")]


def _uncached(site: Site) -> Load:
    response, _body = Client(site.address).request(f"/en/events/{EVENT}/", status=302)
    path = str(response.headers["Location"])
    # A query of its own makes each request another page to the cache.
    return load(lambda _number: _get(site, f"{path}?uncached={next(_pages)}"), 600)


def cached_page(site: Site, mailbox: Mailbox) -> list[Figure]:
    """The same page from the page cache, by wrk: a client in Python would be slower than the site."""
    wrk = shutil.which("wrk")
    if wrk is None:
        return [Figure("public page from the page cache", "not measured: wrk is not installed", ">= 1,500/s")]
    response, _body = Client(site.address).request(f"/en/events/{EVENT}/", status=302)
    address = f"{site.address}{response.headers['Location']}"
    _get(site, str(response.headers["Location"]))
    done = subprocess.run([wrk, "-t1", "-c8", "-d5s", address], check=True, capture_output=True, text=True)
    assert "Non-2xx" not in done.stdout
    assert "Socket errors" not in done.stdout
    rate = next(line.split()[1] for line in done.stdout.splitlines() if line.startswith("Requests/sec"))
    return [Figure("public page from the page cache", f"{float(rate):.0f}/s", ">= 1,500/s")]


def registration(site: Site, mailbox: Mailbox) -> list[Figure]:
    """The whole journey from the form to the confirmation, then the confirming POST alone."""
    _unlimited(site)
    before, sent = taken_in_all(site.database), len(mailbox.raw)
    journeys = load(lambda number: _confirm(*_checked(site)), 600)
    prepared = [_checked(site) for _ in range(600)]
    confirmations = load(lambda number: _confirm(*prepared[number]), 600)
    assert taken_in_all(site.database) == before + 1200
    drained = wait_for(lambda: len(mailbox.raw) - sent, 1200, 300)
    return [
        Figure("complete registration, 5 requests", str(journeys), ">= 30/s, p95 < 500 ms"),
        Figure("the confirming POST alone", str(confirmations), ">= 80/s, p95 < 150 ms"),
        Figure("1,200 mails sent after the last confirmation", f"{drained:.1f} s", "-"),
    ]


def rush(site: Site, mailbox: Mailbox) -> list[Figure]:
    """400 people with the check page open confirm at the same moment; 50 places are left."""
    taken = f"SELECT taken FROM events_counter WHERE category_id IS NULL AND event_id = ({_EVENT_ID})"  # noqa: S608
    prepared = [_checked(site) for _ in range(400)]
    places = int(site.database.value(taken, (EVENT,))) + 50
    _unlimited(site, places)
    before = taken_in_all(site.database)
    answers: list[int] = []
    result = load(lambda number: answers.append(_confirm_or_full(*prepared[number])), 400, concurrency=100)
    assert taken_in_all(site.database) == before + 50
    assert (answers.count(303), answers.count(409)) == (50, 350)
    _unlimited(site)
    return [
        Figure(
            "400 rush for 50 places",
            f"50 confirmed, 350 told full, slowest {max(result.times):.1f} s",
            "exact, < 10 s",
        )
    ]


def badges(site: Site, mailbox: Mailbox) -> list[Figure]:
    """500 badges with QR codes as a command: a new process, its peak memory and the file's size."""
    out = site.folder / "badges.pdf"
    site.manage("demo", "--participants", "1500")
    references = site.database.rows(
        "SELECT reference FROM events_registration WHERE state = 'confirmed' AND event_id = "
        "(SELECT id FROM events_event WHERE code = ?) ORDER BY id LIMIT 500",
        (EVENT,),
    )
    assert len(references) == 500
    command = ["badges", EVENT, "--out", str(out), "--only", *(reference for (reference,) in references)]
    seconds, peak = _command(site, command)
    return [
        Figure(
            "500 badges as a command",
            f"{seconds:.2f} s, {peak} MB peak, {out.stat().st_size / 1e6:.2f} MB file",
            "<= 2.5 s, <= 220 MB, <= 1.5 MB",
        ),
    ]


def feed(site: Site, mailbox: Mailbox) -> list[Figure]:
    """The calendar of 200 sessions: first answer after a change, and not modified."""
    site.manage("shell", "-c", _TWO_HUNDRED_SESSIONS)
    path = f"/calendar/{EVENT.lower()}.ics"
    began = time.perf_counter()
    response, body = Client(site.address).request(path)
    cold = time.perf_counter() - began
    assert body.count("BEGIN:VEVENT") >= 200
    etag = {"If-None-Match": str(response.headers["ETag"])}
    again: Load = load(lambda number: _get(site, path, 304, **etag), 300, concurrency=1)
    return [
        Figure("calendar of 200 sessions, cold", f"{cold * 1000:.0f} ms", "<= 100 ms"),
        Figure(
            "calendar, 304", f"{sorted(again.times)[len(again.times) // 2] * 1000:.1f} ms median", "< 5 ms"
        ),
    ]


def scans(site: Site, mailbox: Mailbox) -> list[Figure]:
    """Badges scanned at one gate by one device, each once."""
    site.manage("demo", "--participants", "3000")
    gate, token = site.manage("shell", "-v", "0", "-c", _A_DEVICE).split()
    codes = site.database.rows(_NOT_ADMITTED, (EVENT,))

    def scan(number: int) -> None:
        at = dt.datetime.now(dt.UTC).isoformat()
        reading = {
            "scan_id": str(uuid.uuid4()),
            "gate": int(gate),
            "code": codes[number][0],
            "scanned_at": at,
        }
        answer = Client(site.address).post_json("/api/door/scan", reading, Authorization=f"Bearer {token}")
        assert answer["verdict"] == "admitted", answer

    return [Figure("scan at the door, online", str(load(scan, len(codes))), ">= 200/s, p95 < 50 ms")]


def memory(site: Site, mailbox: Mailbox) -> list[Figure]:
    """Proportional set size of every process after the work above."""
    sizes = {name: [_pss(pid) for pid in _family(process.pid)] for name, process in site.processes.items()}
    total = sum(map(sum, sizes.values()))
    words = ", ".join(f"{name} {'+'.join(map(str, size))}" for name, size in sizes.items())
    return [Figure("memory (PSS, MB)", f"{words}; {total} in all", "<= 120 a worker, <= 500 in all")]


MEASUREMENTS: dict[str, Callable[[Site, Mailbox], list[Figure]]] = {
    "event_page": event_page,
    "cached_page": cached_page,
    "registration": registration,
    "rush": rush,
    "badges": badges,
    "feed": feed,
    "scans": scans,
    "memory": memory,
    "crowded_page": crowded_page,
}

_TWO_HUNDRED_SESSIONS = f"""
from events.catalogue.models import Event
from tests.factories import make_session
event = Event.objects.get(code="{EVENT}")
for number in range(200):
    make_session(event, day=number % 5, hour=8 + number % 10, title={{"en": f"Session {{number}}"}})
"""


_A_DEVICE = f"""
from events.catalogue.models import Event
from events.checkin.models import Gate
from events.checkin.services import device_create
event = Event.objects.get(code="{EVENT}")
print(Gate.objects.get(checkpoint__event=event).pk, device_create(event=event, label="Bench")[1])
"""
_NOT_ADMITTED = """
SELECT code FROM events_ticket JOIN events_registration ON events_registration.id = registration_id
WHERE state = 'confirmed' AND event_id = (SELECT id FROM events_event WHERE code = ?)
AND registration_id NOT IN (SELECT registration_id FROM events_admission) LIMIT 400
"""


def _get(site: Site, path: str, status: int = 200, **headers: str) -> None:
    Client(site.address).request(
        path, None, status=status, **{name.replace("_", "-"): v for name, v in headers.items()}
    )


def _checked(site: Site) -> tuple[Client, dict[str, object]]:
    """A new person with the check page open: the client and what its Confirm button would post."""
    client = Client(site.address)
    _response, form = client.request(REGISTER)
    number = next(_people)
    answers: dict[str, object] = {
        "category": "D",
        "name": f"Delegate Number {number}",
        "email": f"bench{number}@example.org",
        "representing": "country",
        "country": "KE",
        "function": "Inspector",
        "gender": "not-said",
        "languages": ["en", "fr"],
        "language": "en",
        "consent": "on",
    }
    _response, page = client.request(f"{REGISTER}check/", hidden_fields(form) | answers)
    # The event's own questions, a page each, to the page that confirms.
    while f'action="{REGISTER}done/"' not in page:
        chosen: dict[str, object] = dict.fromkeys(re.findall(r'name="(q\d+)" value="paper"', page), "paper")
        _response, page = client.request(f"{REGISTER}check/", hidden_fields(page) | chosen)
    return client, hidden_fields(page)


def _confirm(client: Client, posted: dict[str, object]) -> None:
    client.request(f"{REGISTER}done/", posted, status=303)


def _confirm_or_full(client: Client, posted: dict[str, object]) -> int:
    try:
        _confirm(client, posted)
    except AssertionError as refusal:
        if " 409 " not in str(refusal):
            raise
        return 409
    return 303


def _unlimited(site: Site, places: int | None = None) -> None:
    """Give the event this many places, and its categories no limit."""
    event = site.database.value(_EVENT_ID, (EVENT,))
    site.database.rows("UPDATE events_counter SET capacity = NULL WHERE event_id = ?", (event,))
    site.database.rows(
        "UPDATE events_counter SET capacity = ? "
        "WHERE event_id = ? AND category_id IS NULL AND delegation_id IS NULL",
        (places, event),
    )


def _command(site: Site, arguments: list[str]) -> tuple[float, int]:
    """Seconds and peak megabytes of one management command in a process of its own."""
    command = [sys.executable, "manage.py", *arguments]
    timed = ["/usr/bin/env", sys.executable, "-c", _PEAK, *command]
    began = time.perf_counter()
    done = subprocess.run(
        timed, cwd=PROJECT, env=site.environment, check=True, capture_output=True, text=True
    )
    return time.perf_counter() - began, int(done.stdout.splitlines()[-1]) // 1024


_PEAK = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]


def _pss(pid: int) -> int:
    """Proportional set size in megabytes."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) // 1024
    raise AssertionError(pid)
