import datetime as dt
import re

import pytest
from django.core.signing import get_cookie_signer
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import urlencode

from events.catalogue.models import Event
from events.once.models import IdempotencyKey
from events.outbox.models import Message
from events.registration.models import Counter, Registration
from events.registration.services import set_capacity
from events.tickets.models import Ticket
from tests.factories import make_category, make_country, make_event, make_registration

from .walking import address, confirm, errors_in, first_key, key_in, open_event, typed

pytestmark = pytest.mark.django_db
REFERENCE = re.compile(r'class="reference"><bdi>([A-Z0-9-]{9})</bdi>')


def statements(act):
    """What `act` returned, and how many statements it sent but for the test's own savepoints."""
    with CaptureQueriesContext(connection) as captured:
        result = act()
    return result, sum("SAVEPOINT" not in query["sql"] for query in captured)


def test_the_whole_way_from_form_to_reference(client):
    event = open_event()
    form, count = statements(lambda: client.get("/en/events/symposium/register/"))
    assert (form.status_code, count) == (200, 5)
    assert form["Cache-Control"] == "private, no-cache"
    key = key_in(form)

    check, count = statements(lambda: client.post(address("check"), typed() | {"key": key}))
    assert (check.status_code, count, key_in(check)) == (200, 4, key)
    assert "no-store" in check["Cache-Control"]
    assert "<bdi>Viet Nam</bdi>" in check.text
    hidden = re.findall(
        r'<input type="hidden" name="(\w+)" value="([^"]*)">', check.text.partition("/done/")[2]
    )
    assert [pair for pair in hidden if pair[0] != "csrfmiddlewaretoken"] == [
        ("key", key),
        *(
            (name, value)
            for name, values in QueryDict(urlencode(typed(), doseq=True)).lists()
            for value in values
        ),
    ]

    done, count = statements(lambda: client.post(address("done"), typed() | {"key": key}))
    assert (done.status_code, done["Location"], count) == (303, address("done"), 14)
    registration = Registration.objects.get()
    assert (registration.state, registration.name, registration.country.iso2, registration.language) == (
        "confirmed",
        "Nguyễn Thị Ánh Tuyết",
        "VN",
        "fr",
    )
    assert list(Message.objects.values_list("kind", "to", "language", "once")) == [
        ("confirmation", "anh@example.org", "fr", f"confirmation:{registration.pk}")
    ]
    assert Ticket.objects.get().registration == registration
    assert list(Counter.objects.filter(category=None, event=event).values_list("taken", flat=True)) == [1]

    page, count = statements(lambda: client.get(address("done")))
    assert (page.status_code, count) == (200, 2)
    assert REFERENCE.findall(page.text) == [registration.reference]
    assert "<bdi>anh@example.org</bdi>" in page.text
    assert "/r/" not in page.text
    assert "no-store" in page["Cache-Control"]


def test_the_nationality_costs_nothing_more(client):
    open_event(asks_nationality=True)
    make_country("KE", "Kenya")
    answers = typed(nationality="KE") | {"key": first_key(client)}
    _check, check = statements(lambda: client.post(address("check"), answers))
    _done, done = statements(lambda: client.post(address("done"), answers))
    assert (check, done, Registration.objects.count()) == (4, 14, 1)


def test_the_result_travels_in_a_cookie_for_its_page_alone(client):
    open_event()
    cookie = confirm(client).cookies["registered"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["secure"]) == (
        address("done"),
        True,
        "Lax",
        1800,
        "",
    )
    secure = client.post(address("done"), typed() | {"key": "0" * 32}, secure=True).cookies["registered"]
    assert secure["secure"] is True


@pytest.mark.parametrize("value", ["", "AAAA-AAAA", "AAAA-AAAA:x:y"])
def test_a_forged_cookie_shows_nobodys_registration(client, value):
    event = open_event()
    reference = make_registration(event).reference
    client.cookies["registered"] = value.replace("AAAA-AAAA", reference)
    page = client.get(address("done"))
    assert (page.status_code, reference in page.text) == (200, False)
    assert "This page has expired" in page.text


def test_the_cookie_of_another_event_shows_nothing_here(client):
    open_event()
    reference = make_registration(make_event()).reference
    client.cookies["registered"] = get_cookie_signer(salt="registeredevents.registration.done").sign(
        reference
    )
    assert reference not in client.get(address("done")).text


def test_the_same_post_twice_is_one_registration(client):
    event = open_event()
    set_capacity(event=event, category=None, capacity=1)
    key = first_key(client)
    answers = [confirm(client, key) for _attempt in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert {answer["Location"] for answer in answers} == {address("done")}
    assert Registration.objects.count() == Message.objects.count() == 1
    assert REFERENCE.findall(client.get(address("done")).text) == [Registration.objects.get().reference]


def test_the_second_of_two_equal_posts_is_answered_after_closing_too(client):
    event = open_event()
    key = first_key(client)
    confirm(client, key)
    Event.objects.filter(pk=event.pk).update(registration_closes_at=timezone.now())
    assert confirm(client, key).status_code == 303


def test_the_key_with_other_answers_is_refused_and_gets_a_fresh_key(client):
    open_event()
    key = first_key(client)
    confirm(client, key)
    other = confirm(client, key, name="Somebody Else")
    assert other.status_code == 422
    assert "These answers differ from those you confirmed before" in other.text
    assert 'value="Somebody Else"' in other.text
    assert key_in(other) != key
    assert Registration.objects.count() == 1
    assert confirm(client, key_in(other), name="Somebody Else").status_code == 303
    assert Registration.objects.count() == 2


def test_a_key_belongs_to_the_browser_that_got_the_form(client):
    open_event()
    key = first_key(client)
    confirm(client, key)
    stranger = Client()
    stranger.get(address())
    assert confirm(stranger, key).status_code == 303
    assert Registration.objects.count() == 2


@pytest.mark.parametrize("step", ["check", "done"])
@pytest.mark.parametrize("key", [None, "", "x", "0" * 31, "0" * 33, "Z" * 32, "0" * 31 + "\x00", "é" * 32])
def test_a_missing_or_malformed_key_is_said_and_costs_nothing_typed(client, step, key):
    open_event()
    posted = typed() if key is None else typed() | {"key": key}
    page = client.post(address(step), posted)
    assert page.status_code == 422
    assert "Your form was incomplete or too old, and nothing was sent." in page.text
    assert 'value="Nguyễn Thị Ánh Tuyết"' in page.text
    assert '<option value="VN" selected>Viet Nam</option>' in page.text
    assert len(key_in(page)) == 32
    assert not Registration.objects.exists()
    assert not IdempotencyKey.objects.exists()


@pytest.mark.parametrize("step", ["check", "done"])
def test_an_empty_form_comes_back_with_every_error_linked_to_its_field(client, step):
    open_event()
    key = first_key(client)
    page = client.post(address(step), {"key": key})
    assert page.status_code == 422
    assert "<title>Error: Register for" in page.text
    assert 'role="alert" tabindex="-1" autofocus' in page.text
    assert errors_in(page) == [
        ("id_category_0", "Choose how you will take part."),
        ("id_name", "Enter your name."),
        ("id_email", "Enter your e-mail address."),
        ("id_representing_0", "Choose whom you represent."),
        ("id_gender_0", "Choose an answer. You may prefer not to say."),
        ("id_language", "Choose a language."),
        ("id_consent", "We can register you only if you agree. Tick the box to go on."),
    ]
    for target, _words in errors_in(page):
        assert page.text.count(f'id="{target}"') == 1
    assert key_in(page) == key


def test_a_form_without_errors_has_no_summary(client):
    open_event()
    page = client.get(address())
    assert "error-summary" not in page.text
    assert "<title>Register for" in page.text


def test_change_shows_the_answers_again_without_judging_them(client):
    open_event()
    page = client.post(address(), typed(email="not an address") | {"key": "0" * 32})
    assert page.status_code == 200
    assert 'value="not an address"' in page.text
    assert "error" not in page.text
    assert key_in(page) == "0" * 32
    for mark in (
        r'value="VN" selected',
        r'name="category" value="D"[^>]* checked',
        r'name="languages" value="fr"[^>]* checked',
        r'name="consent"[^>]* checked',
        r'value="fr" selected',
    ):
        assert re.search(mark, page.text), mark


@pytest.mark.parametrize("step", ["check", "done"])
@pytest.mark.parametrize(
    "name",
    [
        '"><script>alert(1)</script>',
        "{{ 7*7 }}",
        "a\x00b" * 100,
        "\u202egnorW",
        "A" + "\u0301" * 200,
        "x" * 10_000,
        "\u200b",
    ],
)
def test_hostile_names_are_kept_escaped_and_never_break_the_page(client, step, name):
    open_event()
    page = client.post(address(step), typed(name=name, email="") | {"key": "0" * 32})
    assert page.status_code == 422
    assert "<script>alert" not in page.text
    assert Registration.objects.count() == 0


@pytest.mark.parametrize("charset", ["hex", "idna", "undefined", "unicode_escape", "utf-16", "no-such"])
def test_whatever_charset_a_client_names_the_form_is_read_as_utf_8(client, charset):
    open_event()
    body = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {"key": "0" * 32, "name": "Añá \\ud800", "email": "x"}.items()
    )
    content_type = f"multipart/form-data; boundary=b; charset={charset}"
    page = client.generic("POST", address("check"), f"{body}--b--\r\n".encode(), content_type)
    assert page.status_code == 422
    assert 'value="Añá \\ud800"' in page.text


@pytest.mark.parametrize("step", ["", "check", "done"])
def test_bytes_that_are_no_utf_8_break_nothing(client, step):
    open_event()
    body = b"name=%ff%fe%ed%a0%80&email=%00&key=%80"
    page = client.generic("POST", address(step), body, "application/x-www-form-urlencoded")
    assert page.status_code in {200, 422}
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    "fields,words",
    [
        ({"state": "postponed"}, "This event is postponed."),
        ({"state": "cancelled"}, "This event is cancelled."),
        ({"registration_opens_at": None}, "Registration for this event is not open."),
        ({"registration_opens_at": timezone.now() + dt.timedelta(days=1)}, "Registration opens on"),
        ({"registration_closes_at": timezone.now() - dt.timedelta(hours=1)}, "Registration closed on"),
        ({"capacity": 0}, "All places are taken."),
    ],
)
def test_a_closed_window_is_explained(client, fields, words):
    open_event(**fields)
    page = client.get(address())
    assert (page.status_code, words in page.text) == (200, True)
    assert 'method="post"' not in page.text
    for step in ("check", "done"):
        refused = client.post(address(step), typed() | {"key": "0" * 32})
        assert (refused.status_code, words in refused.text) == (409, True)
        assert 'value="Nguyễn Thị Ánh Tuyết"' in refused.text
    assert Registration.objects.count() == 0


@pytest.mark.parametrize("step", ["check", "done"])
def test_a_category_that_filled_up_meanwhile_offers_the_others(client, step):
    event = open_event()
    key = first_key(client)
    set_capacity(event=event, category=event.categories.get(letter="D"), capacity=0)
    page = client.post(address(step), typed() | {"key": key})
    assert page.status_code == 409
    assert errors_in(page) == [("id_category_0", "No place is left in this category. Choose another one.")]
    assert re.search(r'value="D"[^>]* disabled', page.text)
    assert 'value="anh@example.org"' in page.text
    assert key_in(page) == key
    assert client.post(address("done"), typed(category="V") | {"key": key}).status_code == 303
    assert Registration.objects.get().state == "pending"


def test_an_only_category_that_filled_up_says_that_all_is_taken(client):
    event = make_event("SYMPOSIUM")
    category = make_category(event)
    make_country("VN", "Viet Nam")
    key = first_key(client)
    set_capacity(event=event, category=category, capacity=0)
    page = client.post(address("done"), typed(category=None) | {"key": key})
    assert (page.status_code, "All places are taken." in page.text) == (409, True)


def test_a_category_with_approval_waits(client):
    open_event()
    confirm(client, category="V")
    registration = Registration.objects.get()
    assert (registration.state, Message.objects.get().kind) == ("pending", "pending")
    assert not Ticket.objects.exists()
    page = client.get(address("done"))
    assert "Your registration waits for approval" in page.text
    assert REFERENCE.findall(page.text) == [registration.reference]


def test_check_by_get_leads_to_the_form(client):
    open_event()
    answer = client.get(address("check"))
    assert (answer.status_code, answer["Location"]) == (302, address())


@pytest.mark.parametrize("step", ["", "check", "done"])
@pytest.mark.parametrize("code", ["NOSUCH", "DRAFT", "%00", "a b", "é", "x" * 300])
def test_unknown_and_draft_events_are_not_found(client, step, code):
    make_category(make_event("DRAFT", state="draft"))
    assert client.post(address(step, code=code)).status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
@pytest.mark.parametrize("step", ["", "check", "done"])
def test_other_methods_are_refused(client, method, step):
    open_event()
    assert getattr(client, method)(address(step)).status_code == 405


@pytest.mark.parametrize("step", ["", "check", "done"])
def test_head_changes_nothing(client, step):
    open_event()
    assert client.head(address(step)).status_code in {200, 302}
    assert not Registration.objects.exists()


def test_a_form_without_the_csrf_cookie_is_refused():
    open_event()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address("done"), typed() | {"key": "0" * 32}).status_code == 403
    assert not Registration.objects.exists()


@pytest.mark.parametrize("language,direction", [("ar", "rtl"), ("fr", "ltr"), ("zh-hans", "ltr")])
def test_pages_and_refusals_speak_the_language_of_their_address(client, language, direction):
    open_event()
    for step in ("", "check", "done"):
        page = client.post(address(step, language), {})
        assert f'<html lang="{language}" dir="{direction}">' in page.text


def test_nothing_tells_whether_an_address_is_registered(client):
    event = open_event()
    fresh = confirm(client)
    make_registration(event, email="known@example.org")
    known = confirm(client, email="known@example.org")
    assert (fresh.status_code, fresh["Location"]) == (known.status_code, known["Location"])


def test_the_first_view_is_light_and_needs_no_script(client):
    open_event()
    for number in range(250):
        make_country(f"{chr(65 + number // 26)}{chr(65 + number % 26)}", f"Country number {number}")
    page = client.get(address())
    assert len(page.content) < 30_000
    assert "<script" not in page.text
    assert "style=" not in page.text
    assert "maxlength" not in page.text.split('<form class="search-form"')[0]
