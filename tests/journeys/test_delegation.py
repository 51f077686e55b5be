"""A contact point nominates a delegation of 12 from a spreadsheet, without JavaScript, and mails are read."""

import io
import re
import time
from urllib.parse import urljoin, urlsplit

import pytest

from tests.journeys.test_page_to_report import sign_in
from tests.live import Site
from tests.mailbox import Mailbox
from tests.visitor import Visitor, preset

pytestmark = pytest.mark.xdist_group("live")

CONTACT = "contact-point01@example.org"


def link_in(mailbox: Mailbox, address: str, path: str, subject: str = "") -> str:
    """The path of the link in the last mail to this address, once one with `subject` has come."""
    deadline = time.monotonic() + 30
    while not (found := _links(mailbox, address, path, subject)):
        assert time.monotonic() < deadline, [(m["To"], m["Subject"]) for m in mailbox.messages()]
        time.sleep(0.1)
    return urlsplit(found[-1]).path


def _links(mailbox: Mailbox, address: str, path: str, subject: str) -> list[str]:
    return [
        link
        for mail in mailbox.messages()
        if address in str(mail["To"]) and subject in str(mail["Subject"])
        for link in re.findall(rf"http://\S+/en/{path}/[\w-]+/", mail.get_body(("plain",)).get_content())
    ]


def upload(visitor: Visitor, name: str, file: tuple[str, bytes], *, status: int) -> None:
    """Send the page's form with a file, as a browser does."""
    form = next(form for form in visitor.page.find_all("form") if form.find("input", type="file"))
    target = urljoin(visitor.response.url, str(form.get("action") or ""))
    visitor.response = visitor.session.post(target, data=preset(form), files={name: file}, timeout=30)
    assert visitor.response.status_code == status, visitor.text[:2000]


def filled_template(template: bytes) -> bytes:
    """The template with a head and eleven advisers, of whom two are entered wrongly."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]][:4] == ["Role", "Category", "Name", "E-mail address"]
    sheet.append(["Head of delegation", "E", "Head Person", "head@example.org", "Director", "English"])
    for number in range(2, 13):
        sheet.append(["Adviser", "D", f"Nominee {number}", f"nominee{number}@example.org", "", "English"])
    sheet["D5"] = "nominee4 at example.org"
    sheet["A9"] = "Chief"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def invite(site: Site) -> None:
    """Staff invite Kenya's contact point from the list."""
    pk = site.database.value(
        "SELECT d.id FROM events_delegation d JOIN events_event e ON e.id = d.event_id "
        "JOIN events_country c ON c.id = d.country_id WHERE e.code = 'DEMO-CPM' AND c.iso2 = 'KE'"
    )
    staff = sign_in(site, "admin@example.org").get(f"/admin/delegation/invite/{pk}/")
    staff.submit("")
    assert "is on its way" in staff.text


def taken(site: Site, letter: str) -> int:
    sql = (
        "SELECT k.taken FROM events_counter k JOIN events_delegation d ON d.id = k.delegation_id "
        "JOIN events_event e ON e.id = d.event_id JOIN events_country c ON c.id = d.country_id "
        "JOIN events_category g ON g.id = k.category_id "
        "WHERE e.code = 'DEMO-CPM' AND c.iso2 = 'KE' AND g.letter = ?"
    )
    return int(site.database.value(sql, (letter,)))


def test_a_delegation_of_twelve_from_a_spreadsheet(live_site: Site, mailbox: Mailbox) -> None:
    invite(live_site)
    home = link_in(mailbox, CONTACT, "delegations")
    contact = Visitor(live_site.address).get(home)
    assert "12 of 12 places left" in contact.text

    # Twelve people, two of them entered wrongly.
    contact.follow("Add people from a list")
    template = Visitor(live_site.address).get(f"{home}list/template.xlsx").response
    assert template is not None
    upload(contact, "file", ("delegation.xlsx", filled_template(template.content)), status=422)
    assert "Row 5, E-mail address:" in contact.text
    assert "“Chief” is no role" in contact.text
    assert "10 people without a fault" in contact.text
    assert live_site.database.value("SELECT count(*) FROM events_registration") == 0
    contact.submit("/check/", status=422, **{"5-email": "nominee4@example.org"})
    assert live_site.database.value("SELECT count(*) FROM events_registration") == 0
    contact.submit("/check/", **{"9-role": "adviser"})
    assert "Everybody in your list is nominated" in contact.text
    assert (taken(live_site, "E"), taken(live_site, "D")) == (1, 11)

    # One confirms their own details, by their own link.
    person = Visitor(live_site.address).get(link_in(mailbox, "nominee2@example.org", "r"))
    assert "Nominee 2" in person.text

    # One is replaced: the place is kept, both are told.
    contact.get(home)
    row = next(item for item in contact.page.find_all("li") if "Nominee 3" in item.get_text())
    contact.get(row.find("a", href=re.compile("/replace/"))["href"])
    contact.submit("", name="New Person", email="new@example.org", language="en")
    assert "Replaced." in contact.text
    assert taken(live_site, "D") == 11
    assert link_in(mailbox, "new@example.org", "r")

    # One is withdrawn: the place is free again, the person is told.
    row = next(item for item in contact.page.find_all("li") if "Nominee 12" in item.get_text())
    contact.get(row.find("a", href=re.compile("/withdraw/"))["href"]).submit("")
    assert "the place is free again" in contact.text
    assert taken(live_site, "D") == 10
    link_in(mailbox, "nominee12@example.org", "r", subject="Your nomination has ended")

    # The letter, and a successor, to whom alone the page belongs now.
    contact.follow("Attach the letter")
    upload(contact, "letter", ("note verbale.pdf", b"%PDF-1.7 signed %%EOF"), status=200)
    assert "note verbale.pdf" in contact.text
    contact.follow("Hand over to a successor")
    contact.submit("", name="Next Person", email="next@example.org", language="en")
    contact.get(home, status=404)
    successor = Visitor(live_site.address).get(link_in(mailbox, "next@example.org", "delegations"))
    assert "Head Person" in successor.text
    mailbox.wait_for(CONTACT)
    for name in ("web", "worker"):
        assert "Traceback" not in live_site.log(name)
    assert urlsplit(home).path.split("/")[3] not in live_site.log("web")
