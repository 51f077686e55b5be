import re

import pytest
from django.test import Client

from events.journeys.decide import cancel
from events.outbox.models import Message
from events.registration import link
from events.registration.models import StateChange
from events.registration.services import renew_link
from site_cms.models import User
from tests.factories import make_category, make_event, make_registration

pytestmark = pytest.mark.django_db
PAGES = ("", "withdraw/", "event.ics", "ticket.pdf")


def token_of(registration):
    return link.REGISTRATION.token_for(registration.public_id, registration.link_version)


def address(registration, page="", language="en"):
    return f"/{language}/r/{token_of(registration)}/{page}"


@pytest.fixture
def registration():
    return make_registration(make_event("SYMPOSIUM"), name="Nguyễn <b>Ánh</b>")


def test_the_page_shows_state_ticket_and_answers(client, registration, django_assert_num_queries):
    with django_assert_num_queries(6):
        page = client.get(address(registration))
    assert page.status_code == 200
    for words in (
        "<strong>Confirmed</strong>",
        f"<bdi>{registration.reference}</bdi>".replace("<bdi>", '<bdi class="reference">'),
        registration.ticket.code,
        "<bdi>Nguyễn &lt;b&gt;Ánh&lt;/b&gt;</bdi>",
        '<svg xmlns="http://www.w3.org/2000/svg"',
        f'href="{address(registration, "ticket.pdf")}"',
        f'href="{address(registration, "event.ics")}"',
        f'href="{address(registration, "withdraw/")}"',
    ):
        assert words in page.text, words


@pytest.mark.parametrize("page", ["", "withdraw/", "event.ics"])
def test_what_a_link_opens_is_neither_stored_nor_passed_on(client, registration, page):
    answer = client.get(address(registration, page))
    assert answer.status_code == 200
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_unknown_forged_and_revoked_links_are_one_same_page(client, registration, page, method):
    other = make_registration(make_event())
    own, others = token_of(registration), token_of(other)
    revoked = address(registration, page)
    renew_link(registration=registration)
    forged = others[:22] + own[22:]
    ask = getattr(client, method)
    answers = [
        ask(path)
        for path in (revoked, *(f"/en/r/{token}/{page}" for token in (forged, "A" * 42, "x", "é", "%00")))
    ]
    if method == "post" and page != "withdraw/":
        assert {answer.status_code for answer in answers} == {405}
        return
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    shown = [sorted(pair for pair in answer.items() if pair[0] != "Expires") for answer in answers]
    assert all(headers == shown[0] for headers in shown)
    assert answers[0]["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answers[0]["Cache-Control"]


@pytest.mark.parametrize("page", ["nonsense/", "nonsense", "withdraw/more/", "a%0Ab/", "/", "documents/x/y"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_that_no_route_knows_is_kept_by_nobody_either(registration, page, method):
    browser = Client(enforce_csrf_checks=True)
    answer = getattr(browser, method)(address(registration, page))
    assert answer.status_code == 404
    assert "This link does not work" in answer.text
    assert token_of(registration) not in answer.text
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]


def test_the_refusal_speaks_the_language_of_the_address(client):
    assert '<html lang="ar" dir="rtl">' in client.get("/ar/r/x/").text


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_a_link_changes_nothing(client, registration, page, method):
    getattr(client, method)(address(registration, page))
    registration.refresh_from_db()
    assert registration.state == "confirmed"
    assert StateChange.objects.count() == 1
    assert not Message.objects.exists()


def test_withdrawing_asks_and_then_acts_once(registration):
    # As a browser does from a page without a referrer: no cookie, and a null origin.
    browser = Client(enforce_csrf_checks=True, headers={"Origin": "null"})
    question = browser.get(address(registration, "withdraw/"))
    assert "Yes, withdraw" in question.text
    for _attempt in range(2):
        answer = browser.post(address(registration, "withdraw/"))
        assert (answer.status_code, answer["Location"]) == (303, address(registration))
    assert [message.kind for message in Message.objects.all()] == ["withdrawn"]
    page = browser.get(address(registration))
    assert "You have withdrawn" in page.text
    assert "<svg xmlns" not in page.text
    assert registration.ticket.code not in page.text
    assert 'href="/en/events/SYMPOSIUM/register/"' in page.text
    for later in ("withdraw/", "ticket.pdf"):
        assert browser.get(address(registration, later))["Location"] == address(registration)


def test_a_cancelled_registration_is_not_withdrawn_but_shown(client, registration):
    cancel(registration=registration, user=User.objects.create_user("staff@example.org"))
    assert client.post(address(registration, "withdraw/")).status_code == 303
    page = client.get(address(registration))
    assert "The Secretariat has cancelled this registration" in page.text
    assert "Withdraw my registration" not in page.text


def test_who_waits_sees_no_ticket(client):
    event = make_event()
    waiting = make_registration(event, make_category(event, needs_approval=True))
    page = client.get(address(waiting))
    assert "<strong>Waiting for approval</strong>" in page.text
    assert "ticket.pdf" not in page.text


def test_the_calendar_entry_leads_to_the_public_page_since_calendars_are_shared(client, registration):
    answer = client.get(address(registration, "event.ics", language="fr"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="SYMPOSIUM.ics"'
    unfolded = answer.text.replace("\r\n ", "")
    assert "URL:http://127.0.0.1:8000/fr/events/SYMPOSIUM/\r\n" in unfolded
    assert "/r/" not in unfolded


def test_the_ticket_to_print_is_a_pdf_named_by_the_reference(client, registration):
    answer = client.get(address(registration, "ticket.pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="ticket-{registration.reference}.pdf"'
    assert answer.content.startswith(b"%PDF-")
    assert answer["Referrer-Policy"] == "no-referrer"


def test_the_link_made_with_a_former_key_opens_and_is_renewed_on_the_page(client, registration, settings):
    settings.SECRET_KEY, former = "a" * 60, settings.SECRET_KEY
    settings.SECRET_KEY_FALLBACKS = [former]
    settings.SECRET_KEY, new = former, settings.SECRET_KEY
    old = address(registration)
    settings.SECRET_KEY = new
    page = client.get(old)
    assert page.status_code == 200
    assert set(re.findall(r"/en/r/([\w-]{42})/withdraw/", page.text)) == {token_of(registration)}
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(old).status_code == 404
