"""A waiting list, an approval batch and an invitation, over HTTP and without JavaScript, every mail read."""

import re
import time
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest

from tests.journeys.test_page_to_report import sign_in
from tests.live import Site
from tests.mailbox import Mailbox
from tests.visitor import Visitor

pytestmark = pytest.mark.xdist_group("live")

EVENT = "DEMO-COMMITTEE"
ANSWERS = {
    "category": "M",
    "representing": "other",
    "organization": "Example Laboratory",
    "gender": "not-said",
    "languages": ["en"],
    "language": "en",
    "consent": "on",
}


def link_in(mail: EmailMessage, path: str = "/r/") -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    found = re.search(rf"http://\S+{path}[\w-]+/", body.get_content())
    assert found, body.get_content()
    return urlsplit(found.group()).path


def fill(visitor: Visitor, name: str, **changes: object) -> Visitor:
    """From the form on the page to the answers to look through."""
    email = f"{name.lower()}@example.org"
    return visitor.submit("/check/", **(ANSWERS | {"name": name, "email": email} | changes))


def mail_about(mailbox: Mailbox, email: str, words: str) -> EmailMessage:
    """The mail to this address that has these words in its subject, once it has come."""
    return mailbox.wait_for(email, 60, subject=words)


@pytest.fixture
def one_place(live_site: Site) -> Site:
    """The committee has one place for members, who need no approval, and a waiting list."""
    database = live_site.database
    event = database.value("SELECT id FROM events_event WHERE code = ?", (EVENT,))
    category = database.value(
        "SELECT id FROM events_category WHERE event_id = ? AND letter = ?", (event, "M")
    )
    database.rows("UPDATE events_counter SET capacity = NULL WHERE event_id = ?", (event,))
    database.rows(
        "UPDATE events_counter SET capacity = 1 WHERE category_id = ? AND delegation_id IS NULL", (category,)
    )
    database.rows(
        "UPDATE events_category SET needs_approval = ?, has_waiting_list = ?, audience = ? WHERE id = ?",
        (False, True, "open", category),
    )
    return live_site


def test_a_place_is_offered_expires_and_goes_to_the_next(one_place: Site, mailbox: Mailbox) -> None:
    site = one_place
    register = f"/en/events/{EVENT}/register/"
    first = fill(Visitor(site.address).get(register), "Ana").submit("/done/")
    assert "You are registered" in first.text
    ticket = mail_about(mailbox, "ana@example.org", "You are registered")
    assert "ticket.pdf" in {part.get_filename() for part in ticket.iter_attachments()}

    for name in ("Bo", "Cy"):
        person = Visitor(site.address).get(register)
        assert "all places are taken: you join the waiting list" in person.text
        fill(person, name)
        assert "If you confirm, you join the waiting list" in person.text
        person.submit("/done/")
        assert "You are on the waiting list" in person.text
        waits = mail_about(mailbox, f"{name.lower()}@example.org", "On the waiting list")
        assert not list(waits.iter_attachments())
    bo = Visitor(site.address).get(link_in(mail_about(mailbox, "bo@example.org", "On the waiting list")))
    cy = Visitor(site.address).get(link_in(mail_about(mailbox, "cy@example.org", "On the waiting list")))
    assert "You are the next on the waiting list" in bo.text
    assert "You are number 2 on the waiting list" in cy.text

    Visitor(site.address).get(link_in(ticket) + "withdraw/").submit()
    offer = mail_about(mailbox, "bo@example.org", "A place is free for you")
    assert "accept the place or let it go" in offer.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    bo.get(link_in(offer))
    assert "We hold it for you until" in bo.text
    # Opening the link, as mail scanners do, accepts nothing.
    bo.get(link_in(offer) + "offer/")
    assert "Accept the place" in bo.text

    past = "2020-01-01 00:00:00+00:00"
    site.database.rows(
        "UPDATE events_registration SET offer_expires_at = ? WHERE email = ?", (past, "bo@example.org")
    )
    bo.submit("/offer/", button="accept")
    assert "The offer has ended" in bo.text
    assert "went to somebody else" in _words(mail_about(mailbox, "bo@example.org", "The offer has ended"))

    cy.get(link_in(mail_about(mailbox, "cy@example.org", "A place is free for you")))
    cy.submit("/offer/", button="accept")
    assert "Your ticket" in cy.text
    assert mail_about(mailbox, "cy@example.org", "You are registered")
    states = site.database.rows("SELECT email, state FROM events_registration ORDER BY email")
    assert states == [
        ("ana@example.org", "withdrawn"),
        ("bo@example.org", "lapsed"),
        ("cy@example.org", "confirmed"),
    ]


def registrar(site: Site) -> Visitor:
    """The demonstration's registrar, taken into the team of this event as well."""
    site.database.rows(
        "INSERT INTO events_membership (event_id, user_id, role) "
        "SELECT e.id, u.id, 'registrar' FROM events_event e, site_cms_user u "
        "WHERE e.code = ? AND u.email = ?",
        (EVENT, "registrar@example.org"),
    )
    return sign_in(site, "registrar@example.org")


def test_an_approval_batch_with_refusals(live_site: Site, mailbox: Mailbox) -> None:
    site = live_site
    event = site.database.value("SELECT id FROM events_event WHERE code = ?", (EVENT,))
    site.database.rows("UPDATE events_category SET needs_approval = ? WHERE event_id = ?", (True, event))
    for name, language in (("Dee", "en"), ("Eva", "fr"), ("Flo", "en")):
        person = Visitor(site.address).get(f"/en/events/{EVENT}/register/")
        fill(person, name, language=language).submit("/done/")
        assert "waits for approval" in person.text
    pks = dict(site.database.rows("SELECT name, id FROM events_registration"))

    officer = registrar(site)
    officer.get(f"/admin/bulk/events/registration/approve/?id={pks['Dee']}&next=/admin/registration/")
    officer.submit(status=200)
    address = "/admin/bulk/events/registration/refuse/"
    officer.get(f"{address}?id={pks['Eva']}&id={pks['Flo']}&next=/admin/registration/")
    officer.submit(status=200)
    assert "Choose the reason: it is mailed to the person." in officer.text
    officer.submit(code="not-eligible", words="Next year.")

    assert mail_about(mailbox, "dee@example.org", "You are registered")
    assert "The event is meant for other participants." in _words(
        mail_about(mailbox, "flo@example.org", "Not approved")
    )
    reference = site.database.value("SELECT reference FROM events_registration WHERE name = ?", ("Eva",))
    refused = next(mail for mail in _to(mailbox, "eva@example.org", 2) if "Next year." in _words(mail))
    assert reference in str(refused["Subject"])
    assert "Next year." in _words(refused)
    assert "/fr/r/" in _words(refused)


def test_an_invitation_leads_to_a_registration(live_site: Site, mailbox: Mailbox) -> None:
    site = live_site
    event = site.database.value("SELECT id FROM events_event WHERE code = ?", (EVENT,))
    site.database.rows(
        "UPDATE events_category SET audience = ?, needs_approval = ? WHERE event_id = ?",
        ("invitation", False, event),
    )
    assert "By invitation" in Visitor(site.address).get("/en/").text
    closed = Visitor(site.address).get(f"/en/events/{EVENT}/register/")
    assert "Participation is by invitation." in closed.text

    officer = registrar(site).get("/admin/personalinvitation/new/")
    category = site.database.value(
        "SELECT id FROM events_category WHERE event_id = ? AND letter = ?", (event, "M")
    )
    officer.submit(category=category, people="Gil Sato, gil@example.org, en")
    assert "1 invitation is on its way." in officer.text
    invited = mail_about(mailbox, "gil@example.org", "You are invited")
    where = link_in(invited, "/register/invited/")
    person = Visitor(site.address).get(where)
    assert "gil@example.org" in person.text
    answers = {name: value for name, value in ANSWERS.items() if name != "category"}
    person.submit("/check/", **answers, name="Gil Sato", email="thief@example.org").submit("/done/")
    assert "You are registered" in person.text
    assert mail_about(mailbox, "gil@example.org", "You are registered")
    Visitor(site.address).get(where, status=404)


def _words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def _to(mailbox: Mailbox, email: str, number: int, seconds: float = 60) -> list[EmailMessage]:
    """The mails to this address, once there are so many."""
    deadline = time.monotonic() + seconds
    while True:
        mails = [mail for mail in mailbox.messages() if email in str(mail["To"])]
        if len(mails) >= number:
            return mails
        assert time.monotonic() < deadline, mails
        time.sleep(0.2)
