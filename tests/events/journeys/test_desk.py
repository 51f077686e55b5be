"""Registering somebody who stands at the desk."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.access.roles import Role
from events.catalogue.models import Event
from events.outbox.models import Message
from events.registration.models import Counter, Registration
from events.registration.services import set_capacity
from tests.events.access.two_events import make_user
from tests.events.registration.walking import key_in
from tests.factories import make_category, make_event

pytestmark = pytest.mark.django_db
DESK = "/door/desk/FORUM/"


@pytest.fixture
def event() -> Event:
    """Registration has closed; one category is for invited people, another needs approval."""
    now = timezone.now()
    event = make_event("FORUM", registration_closes_at=now - dt.timedelta(hours=1))
    make_category(event, "I", audience="invitation")
    make_category(event, "A", needs_approval=True, position=1)
    return event


@pytest.fixture
def door(event: Event, client: Client) -> Client:
    client.force_login(make_user("door@example.org", (event, Role.DOOR)))
    return client


@pytest.fixture
def registrar(event: Event, client: Client) -> Client:
    client.force_login(make_user("registrar@example.org", (event, Role.REGISTRAR)))
    return client


def typed(client: Client, **changes: Any) -> dict[str, Any]:
    values = {
        "key": key_in(client.get(DESK)), "name": "Aroha Ngata", "email": "aroha@example.org",
        "representing": "other", "language": "en", "consent": "on",
    }  # fmt: skip
    return values | changes


def test_the_door_registers_whoever_the_dates_and_the_audience(event: Event, door: Client) -> None:
    page = door.post(DESK, typed(door))
    person = Registration.objects.get()
    assert page.status_code == 200
    assert person.reference in page.content.decode()
    assert (person.state, person.category.letter, person.ticket.revoked_at) == ("confirmed", "I", None)
    assert (person.consent_version, person.consent_at is not None) == ("2026-11 desk", True)
    assert [(line.transition, line.actor, line.user.email) for line in person.history.all()] == [
        ("submit", "staff", "door@example.org")
    ]
    assert Message.objects.get().kind == "confirmation"
    assert set(Counter.objects.exclude(category__letter="A").values_list("taken", flat=True)) == {1}


def test_only_who_may_approve_registers_where_approval_is_needed(door: Client, event: Event) -> None:
    answer = door.post(DESK, typed(door, category="A"))
    # The one category that is left is not asked for, so a letter that is typed by hand means nothing.
    assert answer.status_code == 200
    assert Registration.objects.get().category.letter == "I"


def test_a_registrar_approves_in_the_same_act(registrar: Client) -> None:
    registrar.post(DESK, typed(registrar, category="A"))
    person = Registration.objects.get()
    assert [line.transition for line in person.history.all()] == ["submit", "approve"]
    assert (person.state, person.ticket.revoked_at) == ("confirmed", None)


def test_no_place_no_registration(event: Event, door: Client) -> None:
    values = typed(door)
    set_capacity(event=event, category=None, capacity=0)
    answer = door.post(DESK, values)
    assert answer.status_code == 409
    assert "No place is left. Nobody was registered." in answer.content.decode()
    assert 'value="Aroha Ngata"' in answer.content.decode()
    assert (Registration.objects.count(), Message.objects.count()) == (0, 0)


def test_sent_twice_is_one_person(door: Client) -> None:
    values = typed(door)
    for _time in range(2):
        assert door.post(DESK, values).status_code == 200
    assert Registration.objects.count() == 1
    again = door.post(DESK, values | {"name": "Somebody else"})
    assert again.status_code == 409
    assert Registration.objects.count() == 1


def test_without_consent_nobody_is_kept(door: Client) -> None:
    values = typed(door)
    del values["consent"]
    assert door.post(DESK, values).status_code == 422
    assert Registration.objects.count() == 0


@pytest.mark.parametrize("state", [Event.State.CANCELLED, Event.State.POSTPONED])
def test_nobody_is_registered_for_what_does_not_take_place(event: Event, door: Client, state: str) -> None:
    values = typed(door)
    Event.objects.update(state=state)
    assert door.post(DESK, values).status_code == 409
    assert Registration.objects.count() == 0


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR, Role.FINANCE])
def test_other_roles_do_not_find_the_desk(event: Event, client: Client, role: Role) -> None:
    client.force_login(make_user("other@example.org", (event, role)))
    assert (client.get(DESK).status_code, client.post(DESK, {}).status_code) == (404, 404)


def test_the_desk_of_another_event_is_not_found(door: Client) -> None:
    make_category(make_event("OTHER"))
    assert door.get("/door/desk/OTHER/").status_code == 404
    assert door.get("/door/desk/NOWHERE/").status_code == 404


def test_strangers_sign_in_first(event: Event, client: Client) -> None:
    assert client.get(DESK).status_code == 302
