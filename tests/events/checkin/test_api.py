import uuid

import pytest
from django.test import Client

from events.access.roles import Role
from events.checkin.models import Scan
from events.checkin.services import device_create, device_end
from tests.factories import make_category, make_country, make_event, make_gate, make_registration

from .people import make_member

pytestmark = pytest.mark.django_db
SCAN = "/api/door/scan"


@pytest.fixture
def event():
    return make_event("IPC", title={"en": "Conference"})


@pytest.fixture
def gate(event):
    return make_gate(event)


@pytest.fixture
def bearer(event):
    _device, token = device_create(event=event, label="Phone 1")
    return {"authorization": f"Bearer {token}"}


def body(gate, code):
    return {
        "scan_id": str(uuid.uuid4()),
        "gate": gate.pk,
        "code": code,
        "scanned_at": "2026-01-22T09:00:00+08:00",
    }


def send(client, data, headers=None):
    return client.post(SCAN, data, content_type="application/json", headers=headers)


def test_a_device_scans(client, event, gate, bearer):
    registration = make_registration(
        event,
        make_category(event, "D", label={"en": "Delegate", "fr": "Délégué"}, colour="#1B6E3C"),
        name="Wanjiru Kamau",
        representing="country",
        country=make_country("KE", "Kenya"),
        organization="",
    )
    data = body(gate, registration.ticket.code)
    answer = send(client, data, bearer).json()
    at = Scan.objects.get().admission.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    assert answer == {
        "scan_id": data["scan_id"],
        "verdict": "admitted",
        "words": "Welcome",
        "person": {
            "name": "Wanjiru Kamau",
            "representing": "Kenya",
            "reference": registration.reference,
            "category": {"letter": "D", "label": "Delegate", "colour": "#1B6E3C"},
        },
        "first": {"at": at, "gate": "Main entrance"},
    }
    assert send(client, data, bearer).json() == answer
    again = send(client, body(gate, registration.ticket.code), bearer).json()
    assert (again["verdict"], again["first"]) == ("already_admitted", answer["first"])
    assert Scan.objects.filter(device__label="Phone 1", user=None).count() == 2


def test_the_gates_of_the_devices_event(client, gate, bearer):
    make_gate(make_event())
    assert client.get("/api/door/gates", headers=bearer).json() == [
        {
            "id": gate.pk,
            "name": "Main entrance",
            "checkpoint": "Entrance",
            "event": "IPC",
            "title": "Conference",
        }
    ]


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer x"}, {"authorization": "Basic eA=="}])
def test_nobody_in_particular_gets_401(client, gate, headers):
    assert send(client, body(gate, "forged"), headers).status_code == 401
    assert client.get("/api/door/gates", headers=headers).status_code == 401
    assert not Scan.objects.exists()


def test_a_device_that_was_switched_off_gets_401(client, event, gate):
    device, token = device_create(event=event, label="Lost")
    device_end(device=device)
    assert send(client, body(gate, "forged"), {"authorization": f"Bearer {token}"}).status_code == 401


@pytest.mark.parametrize(
    "role, status", [(role, 200 if role in {"door", "registrar"} else 404) for role in Role]
)
def test_of_the_team_only_who_admits_may_scan(client, event, gate, role, status):
    client.force_login(make_member(event, role))
    assert send(client, body(gate, "forged")).status_code == status
    assert Scan.objects.filter(user__email="door@example.org").exists() == (status == 200)


def test_a_session_needs_the_csrf_token(event, gate):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_member(event))
    assert send(client, body(gate, "forged")).status_code == 403
    client.get(f"/door/{gate.pk}/")
    token = client.cookies["csrftoken"].value
    assert send(client, body(gate, "forged"), {"x-csrftoken": token}).status_code == 200


def test_a_gate_of_another_event_is_out_of_reach(client, event, bearer):
    foreign = make_gate(make_event())
    assert send(client, body(foreign, "forged"), bearer).status_code == 404
    client.force_login(make_member(event))
    assert send(client, body(foreign, "forged")).status_code == 404
    assert not Scan.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"scan_id": "one"},
        {"gate": 0},
        {"gate": 2**63},
        {"gate": "main"},
        {"code": ""},
        {"code": "A" * 301},
        {"code": "\ud800"},
        {"code": None},
        {"scanned_at": "2026-01-22T09:00:00"},
        {"scanned_at": "yesterday"},
        {"scanned_at": "99999-01-01T00:00:00Z"},
    ],
)
def test_a_body_that_means_nothing_gets_422(client, gate, bearer, fields):
    assert send(client, body(gate, "forged") | fields, bearer).status_code == 422
    assert not Scan.objects.exists()


def test_what_is_no_json_gets_400(client, bearer):
    for raw in (b"", b"{", b"\xff", b"[1"):
        assert client.post(SCAN, raw, content_type="application/json", headers=bearer).status_code in {
            400,
            422,
        }


def test_a_uuid_used_for_another_scan_gets_422(client, event, gate, bearer):
    data = body(gate, make_registration(event).ticket.code)
    assert send(client, data, bearer).status_code == 200
    assert send(client, data | {"code": make_registration(event).ticket.code}, bearer).status_code == 422


def test_the_words_come_in_the_language_asked_for(client, gate, bearer):
    answer = send(client, body(gate, "forged"), bearer | {"accept-language": "en"}).json()
    assert (answer["verdict"], answer["words"]) == ("unknown_code", "This code is not known")
    assert (answer["person"], answer["first"]) == (None, None)


def test_the_description_declares_every_answer(client):
    description = client.get("/api/door/openapi.json").json()
    post = description["paths"]["/api/door/scan"]["post"]
    assert set(post["responses"]) == {"200", "400", "401", "403", "404", "422"}
    assert post["security"] == [{"DeviceToken": []}, {"StaffSession": []}]


def test_what_a_scan_costs_over_http(client, event, gate, bearer, django_assert_num_queries):
    code = make_registration(event).ticket.code
    with django_assert_num_queries(7):  # device, gate, ticket, scan, admission, and the savepoint's two
        assert send(client, body(gate, code), bearer).json()["verdict"] == "admitted"
