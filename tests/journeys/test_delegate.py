"""A delegate without JavaScript: questions, saving, coming back, changing, a substitute, withdrawing."""

import re
import time
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest

from tests.live import Site
from tests.mailbox import Mailbox
from tests.visitor import Visitor

pytestmark = pytest.mark.xdist_group("live")

REGISTER = "/en/events/DEMO-EPHYTO/register/"
FIRST, SECOND = "wanjiku@example.org", "otieno@example.org"
STANDING = {
    "category": "D",
    "name": "Wanjiku Maria-Antonietta Wolfeschlegelsteinhausen Kamau-López",
    "email": FIRST,
    "representing": "country",
    "country": "KE",
    "gender": "woman",
    "languages": ["en"],
    "language": "en",
    "consent": "on",
}


def mail_to(mailbox: Mailbox, address: str, subject: str) -> EmailMessage:
    """The last mail to this address with these words in its subject, once it has come."""
    deadline = time.monotonic() + 30
    while True:
        for mail in reversed(mailbox.messages()):
            if address in str(mail["To"]) and subject in str(mail["Subject"]):
                return mail
        assert time.monotonic() < deadline, [(m["To"], m["Subject"]) for m in mailbox.messages()]
        time.sleep(0.1)


def link_in(mail: EmailMessage) -> str:
    """The path of the one link of a mail."""
    links = re.findall(r"http://\S+", mail.get_body(("plain",)).get_content())
    assert len(links) == 1, links
    return urlsplit(links[0]).path


def heading(visitor: Visitor) -> str:
    return " ".join(visitor.page.h1.get_text(" ").split())


def taken(site: Site) -> int:
    return int(
        site.database.value(
            "SELECT c.taken FROM events_counter c JOIN events_event e ON e.id = c.event_id "
            "WHERE e.code = 'DEMO-EPHYTO' AND c.category_id IS NULL AND c.delegation_id IS NULL"
        )
    )


def begins_and_saves(site: Site) -> None:
    """A conditional question, an answer that is missing, and the link for later."""
    phone = Visitor(site.address).get(REGISTER).submit("/check/", **STANDING)
    assert heading(phone) == "ePhyto in your country"
    phone.press("Continue", status=422)
    assert "There is a problem" in phone.text
    phone.press("Continue", **phone.ticked("We are piloting"))
    assert "In which month does your pilot go into regular use?" in phone.text
    (month,) = (select["name"] for select in phone.page.find_all("select", id=re.compile("^id_q")))
    phone.press("Continue", **{month: "march"})
    assert heading(phone) == "So that you can take part well"
    phone.press("Save and finish later")
    assert heading(phone) == "Your form is saved"


def comes_back_and_registers(site: Site, mailbox: Mailbox) -> None:
    """On another machine: the rest of the questions, one answer changed from the check, confirmed."""
    desk = Visitor(site.address).get(link_in(mail_to(mailbox, FIRST, "Finish your registration")))
    assert heading(desk) == "So that you can take part well"
    desk.press("Continue")
    assert heading(desk) == "Check your answers"
    for words in (STANDING["name"], "Kenya", "We are piloting", "March"):
        assert words in desk.text, words
    desk.press("Change (How does your country exchange phytosanitary certificates today?)")
    desk.press("Continue", **desk.ticked("On paper"))
    assert heading(desk) == "Check your answers"
    assert "On paper" in desk.text
    assert "March" not in desk.text
    desk.submit("/done/")
    assert heading(desk) == "You are registered"


def answers_and_changes(site: Site, path: str) -> None:
    """What is asked once the place is confirmed, and a slip corrected."""
    mine = Visitor(site.address).get(path)
    assert "Questions still to answer" in mine.text
    mine.follow("Your journey")
    mine.submit("", status=422)
    mine.submit("", **mine.ticked("No"))
    assert heading(mine) == "My registration"
    mine.get(f"{path}change/").submit("", function="Head of inspection")
    assert "Head of inspection" in mine.text
    kept = mine.get(f"{path}my-data.json").response.json()
    assert kept["registration"]["function"] == "Head of inspection"
    assert {mail["kind"] for mail in kept["mails"]} == {"confirmation"}


def completes(site: Site, path: str) -> None:
    """The other person confirms their own data and what the event must know."""
    other = Visitor(site.address).get(path).follow("Confirm my data")
    assert STANDING["name"] in other.text
    other.submit("", gender="man", consent="on")
    assert heading(other) == "ePhyto in your country"
    other.submit("", **other.ticked("On paper"))
    assert heading(other) == "My registration"
    assert "Show your ticket at the entrance." in other.text


def test_a_delegate_from_a_bad_link_to_somebody_else_at_the_door(live_site: Site, mailbox: Mailbox) -> None:
    before = taken(live_site)
    begins_and_saves(live_site)
    assert taken(live_site) == before
    comes_back_and_registers(live_site, mailbox)
    path = link_in(mail_to(mailbox, FIRST, "You are registered"))
    answers_and_changes(live_site, path)

    mine = Visitor(live_site.address).get(path).follow("Send somebody in my place")
    mine.submit("", name="Achieng Otieno", email=SECOND, language="en")
    assert "Somebody else comes in your place" in mine.text
    assert taken(live_site) == before + 1
    assert "Achieng" not in mail_to(mailbox, FIRST, "Somebody else comes").as_string()
    others = link_in(mail_to(mailbox, SECOND, "Please confirm your data"))
    completes(live_site, others)
    ticket = mail_to(mailbox, SECOND, "You are registered")
    assert [part.get_filename() for part in ticket.iter_attachments()] == ["ticket.pdf", "event.ics"]

    lost = Visitor(live_site.address).get(f"{REGISTER}lost/").submit("", email=SECOND)
    assert heading(lost) == "Look in your mail"
    assert others in mail_to(mailbox, SECOND, "Your link").get_body(("plain",)).get_content()
    other = Visitor(live_site.address).get(others).follow("Withdraw my registration").submit("")
    assert "You have withdrawn" in other.text
    mail_to(mailbox, SECOND, "You have withdrawn")
    assert taken(live_site) == before
    assert sorted(str(mail["Subject"]).split(": ")[0] for mail in mailbox.messages()) == sorted(
        f"[Demonstration] {words}"
        for words in (
            "Finish your registration",
            "You are registered",
            "Somebody else comes in your place",
            "Please confirm your data",
            "You are registered",
            "Your link",
            "You have withdrawn",
        )
    )
