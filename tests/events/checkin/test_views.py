import re
import uuid

import pytest

from events.access.roles import Role
from events.checkin.models import Scan
from tests.factories import make_category, make_country, make_event, make_gate, make_registration

from .people import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event("IPC", title={"en": "Conference"}, zone="Asia/Kuala_Lumpur")


@pytest.fixture
def gate(event):
    return make_gate(event)


def words(response) -> str:
    """What the page says, tags and space taken out."""
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def scan(client, gate, code, scan_id=None):
    return client.post(f"/door/{gate.pk}/", {"scan_id": scan_id or str(uuid.uuid4()), "code": code})


def test_who_is_not_signed_in_is_asked_to(client, gate):
    for address in ("/door/", f"/door/{gate.pk}/"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={address}")


def test_one_sees_the_gates_of_ones_own_events_only(client, event, gate):
    foreign = make_gate(make_event(title={"en": "Canary"}))
    client.force_login(make_member(event))
    page = client.get("/door/")
    assert "Conference" in words(page)
    assert "Canary" not in page.content.decode()
    assert client.get(f"/door/{foreign.pk}/").status_code == 404
    assert scan(client, foreign, "forged").status_code == 404
    assert client.get("/door/99999999999999999999/").status_code == 404


@pytest.mark.parametrize("role", [Role.EDITOR, Role.FINANCE, Role.VIEWER])
def test_without_the_right_there_is_no_gate(client, event, gate, role):
    client.force_login(make_member(event, role))
    assert "There is no gate for you yet" in words(client.get("/door/"))
    assert client.get(f"/door/{gate.pk}/").status_code == 404


def test_the_way_of_one_person(client, event, gate):
    client.force_login(make_member(event))
    ready = client.get(f"/door/{gate.pk}/")
    assert "Ready for the next badge" in words(ready)
    assert ready["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    registration = make_registration(
        event,
        make_category(event, "D", label={"en": "Delegate"}),
        name="Ana <b>Pérez</b>",
        representing="country",
        country=make_country("UY", "Uruguay"),
    )
    first = scan(client, gate, registration.ticket.code)
    assert "Welcome" in words(first)
    assert "Ana &lt;b&gt;Pérez&lt;/b&gt;" in words(first)
    for word in ("Uruguay", "D · Delegate", registration.reference, "1 of 1 expected people are inside"):
        assert word in words(first)
    assert "<title>Welcome" in first.content.decode()
    again = scan(client, gate, registration.ticket.code)
    at = Scan.objects.get(verdict="admitted").admission.at.astimezone(event.tz)
    assert "Already admitted" in words(again)
    assert f"First admitted at {at:%H:%M} on" in words(again)
    assert "at Main entrance" in words(again)


def test_the_same_page_sent_twice_is_one_scan(client, event, gate):
    client.force_login(make_member(event))
    code, scan_id = make_registration(event).ticket.code, str(uuid.uuid4())
    pages = [scan(client, gate, code, scan_id=scan_id) for _time in range(2)]
    assert ["Welcome" in words(page) for page in pages] == [True, True]
    assert Scan.objects.count() == 1


def test_each_page_carries_its_own_uuid(client, event, gate):
    client.force_login(make_member(event))
    ids = [
        re.search(
            r'name="scan_id" value="([0-9a-f-]{36})"', client.get(f"/door/{gate.pk}/").content.decode()
        )[1]
        for _time in range(2)
    ]
    assert ids[0] != ids[1]


def test_a_forged_code_and_a_foreign_badge(client, event, gate):
    client.force_login(make_member(event))
    assert "This code is not known" in words(scan(client, gate, "forged"))
    stranger = make_registration(make_event(), name="Canary")
    page = scan(client, gate, stranger.ticket.code)
    assert "This badge is for another event" in words(page)
    assert "Canary" not in page.content.decode()


@pytest.mark.parametrize(
    "fields", [{"code": ""}, {"code": "a\x00"}, {"code": "A" * 301}, {"code": "A", "scan_id": "x"}]
)
def test_what_cannot_be_read_is_said(client, event, gate, fields):
    client.force_login(make_member(event))
    response = scan(client, gate, **fields)
    assert response.status_code == 422
    assert "Nothing was read." in words(response)
    assert not Scan.objects.exists()


def test_the_page_costs_the_same_however_many_came(client, event, gate, django_assert_num_queries):
    client.force_login(make_member(event))
    for _one in range(12):
        scan(client, gate, make_registration(event).ticket.code)
    with django_assert_num_queries(7):  # session, user, reach, gate, last scans, two counts
        client.get(f"/door/{gate.pk}/")
