"""One delegate from the page to the report, over HTTP, with web, worker and clock as processes."""

import json
import re
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp

from tests.live import Site
from tests.mailbox import Mailbox
from tests.visitor import Visitor

pytestmark = pytest.mark.xdist_group("live")

ADDRESS = "amina.el-fassi@example.org"
NAME = "Amina El-Fassi أمينة الفاسي"
ANSWERS = {
    "category": "D",
    "name": NAME,
    "email": ADDRESS,
    "representing": "country",
    "country": "MA",
    "function": "Head of plant inspection",
    "gender": "woman",
    "languages": ["ar", "fr"],
    "language": "fr",
    "consent": "on",
}


def codes_in(pdf: bytes) -> list[str]:
    """What a scanner reads from each page of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    pictures = [page.render(scale=3).to_pil() for page in document]
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]


def attachments(mail: EmailMessage) -> dict[str, bytes]:
    return {
        str(part.get_filename()): bytes(part.get_payload(decode=True))  # type: ignore[arg-type]
        for part in mail.iter_attachments()
    }


def personal_link(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    found = re.search(r"http://\S+/fr/r/[\w-]+/", body.get_content())
    assert found
    return urlsplit(found.group()).path


def figures(site: Site, year: int) -> dict[str, int]:
    """The four figures of the year's demonstration symposium."""
    report = json.loads(site.manage("figures", "--year", str(year), "--family", "ephyto", "--json"))
    return dict(report["demonstration"]["figures"])


def register(site: Site) -> Visitor:
    """From the home page to the confirmation, as a delegate goes."""
    delegate = Visitor(site.address).get("/en/")
    delegate.follow("IPPC Global Symposium on ePhyto").follow("Next IPPC Global Symposium on ePhyto")
    delegate.follow("Register")
    delegate.submit("/check/", **ANSWERS)
    delegate.press("Continue", **delegate.ticked("On paper"))
    delegate.press("Continue")
    assert NAME in delegate.text
    assert "Morocco" in delegate.text
    return delegate.submit("/done/")


def sign_in(site: Site, email: str) -> Visitor:
    staff = Visitor(site.address).get("/accounts/login/")
    return staff.submit("/login/", login=email, password="demonstration-only")


def test_from_the_page_to_the_report(live_site: Site, mailbox: Mailbox, tmp_path: Path) -> None:
    first_day = live_site.database.value("SELECT start_date FROM events_event WHERE code = 'DEMO-EPHYTO'")
    year = int(str(first_day)[:4])
    before = figures(live_site, year)

    delegate = register(live_site)
    reference = live_site.database.value(
        "SELECT reference FROM events_registration WHERE email = ?", (ADDRESS,)
    )
    assert reference in delegate.text
    assert "Demonstration, not a real event" in delegate.text

    mail = mailbox.wait_for(ADDRESS)
    assert reference in str(mail["Subject"]) + mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    papers = attachments(mail)
    code = live_site.database.value("SELECT code FROM events_ticket")
    assert codes_in(papers["ticket.pdf"]) == [f"{live_site.address}/B/{code}".upper()]
    assert b"BEGIN:VEVENT" in papers["event.ics"]

    mine = Visitor(live_site.address).get(personal_link(mail))
    assert reference in mine.text

    live_site.manage("badges", "DEMO-EPHYTO", "--out", str(tmp_path / "badges.pdf"))
    assert codes_in((tmp_path / "badges.pdf").read_bytes()) == [f"{live_site.address}/B/{code}".upper()]

    door = sign_in(live_site, "door@example.org").get("/door/").follow("Main entrance Entrance")
    door.submit(code=code)
    assert "Welcome" in door.text
    assert NAME in door.text
    door.submit(code=f"{live_site.address}/B/{code}".upper())
    assert "Already admitted" in door.text
    assert re.search(r"First admitted at \d\d:\d\d .* Main entrance", door.text)
    door.submit(code="AAAAAAAAAAAAAAAAAAAA")
    assert "This code is not known" in door.text

    feed = Visitor(live_site.address).get("/calendar/demo-ephyto.ics?lang=fr").response
    assert feed is not None
    assert feed.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert feed.content.count(b"BEGIN:VEVENT") > 1

    after = figures(live_site, year)
    assert {name: after[name] - before[name] for name in after} == {
        "participants": 1,
        "attendances": 1,
        "countries": 1,
        "parties": 1,
    }
    assert live_site.database.value("SELECT count(*) FROM events_message WHERE state = 'sent'") == 1
    for name in ("web", "worker", "clock"):
        assert "Traceback" not in live_site.log(name)
