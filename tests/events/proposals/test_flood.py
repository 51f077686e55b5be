"""1,000 proposals in a minute from one address, against real processes on both databases."""

import datetime as dt
import os
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from bs4 import BeautifulSoup

from tests.live import Site
from tests.visitor import preset

pytestmark = [pytest.mark.drill, pytest.mark.xdist_group("live")]

ATTEMPTS = 1000 if os.environ.get("DRILL") == "full" else 120
PATH = "/en/proposals/iyph/propose/"
ADMITTED = 10

_own = threading.local()


def browser(site: Site) -> tuple[requests.Session, dict]:
    """One browser a thread, with the form open; each form that it sends has a key of its own."""
    if not hasattr(_own, "session"):
        _own.session = requests.Session()
        page = BeautifulSoup(_own.session.get(site.address + PATH, timeout=30).content, "html.parser")
        _own.fields = preset(page.select_one("main form"))
    return _own.session, _own.fields


def send(site: Site, number: int) -> int:
    session, fields = browser(site)
    day = str(dt.datetime.now(dt.UTC).date() + dt.timedelta(days=9))
    data = fields | {
        "key": f"{number:032x}",
        "title": f"Flood {number}",
        "start_date": day,
        "end_date": day,
        "level": "national",
        "proposer_name": "Flood",
        "proposer_email": "victim@example.org",
        "consent": "on",
    }
    answer = session.post(site.address + PATH, data, timeout=30, allow_redirects=False)
    return answer.status_code


def test_a_flood_from_one_address_leaves_ten_proposals_and_one_mail(live_site: Site) -> None:
    started = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        statuses = Counter(pool.map(lambda number: send(live_site, number), range(ATTEMPTS)))
    seconds = time.monotonic() - started
    print(f"{ATTEMPTS} proposals in {seconds:.1f} s: {dict(statuses)}")
    assert statuses == {303: ADMITTED, 429: ATTEMPTS - ADMITTED}
    database = live_site.database
    assert database.value("SELECT count(*) FROM events_proposal WHERE title LIKE 'Flood %'") == ADMITTED
    assert database.value("SELECT count(*) FROM events_message WHERE kind = 'proposal-received'") == 1
    assert requests.get(live_site.address + "/en/iyph/calendar/", timeout=10).status_code == 200
