import datetime as dt

import pytest
from django.core.cache import caches
from django.utils.http import http_date
from ical.calendar_stream import IcsCalendarStream

from events.calendar.selectors import event_feed_bytes
from events.catalogue.models import Event
from events.programme.models import Session
from events.programme.services import room_rename, session_cancel, session_change
from events.registration import link
from events.registration.models import StateChange
from events.registration.services import Actor, change_state, renew_link
from events.registration.states import Transition
from tests.factories import make_category, make_event, make_family, make_registration, make_room, make_session

from .libical import assert_valid

pytestmark = pytest.mark.django_db
STAFF = Actor(StateChange.Actor.STAFF)


@pytest.fixture(autouse=True)
def _fresh_memory(settings):
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "feeds"}
    settings.CACHES = settings.CACHES | {"process": memory}
    caches["process"].clear()


def read(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return IcsCalendarStream.calendar_from_ics(response.content.decode()).events


def test_an_event_whatever_the_letter_case(client):
    event = make_event("IPC-2026", title={"en": "Conference", "ru": "Конференция"})
    make_session(event)
    response = client.get("/calendar/ipc-2026.ics?lang=ru")
    assert [item.summary for item in read(response)] == ["Конференция", "Opening"]
    assert response["Content-Language"] == "ru"
    assert response["Cache-Control"] == "public, max-age=300"
    assert_valid(response.content, events=2)


@pytest.mark.parametrize("language", ["xx", "", "en-GB", "ru\x00"])
def test_another_language_gets_english(client, language):
    make_event("IPC", title={"en": "Conference", "ru": "Конференция"})
    response = client.get("/calendar/IPC.ics", {"lang": language})
    assert [item.summary for item in read(response)] == ["Conference"]
    assert response["Content-Language"] == "en"


@pytest.mark.parametrize("address", ["NONE.ics", "family/none.ics", "my/none.ics", "a%00b.ics", "..ics"])
def test_what_does_not_exist(client, address):
    assert client.get(f"/calendar/{address}").status_code == 404


def test_a_draft_is_nobodys_business(client):
    make_event("DRAFT", state=Event.State.DRAFT)
    assert client.get("/calendar/DRAFT.ics").status_code == 404
    assert read(client.get("/calendar/all.ics")) == []


def test_head_and_other_methods(client):
    make_event("IPC")
    head = client.head("/calendar/IPC.ics")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == client.get("/calendar/IPC.ics")["ETag"]
    assert client.post("/calendar/IPC.ics").status_code == 405


def test_an_unchanged_feed_is_answered_with_304(client):
    event = make_event("IPC")
    first = client.get("/calendar/IPC.ics")
    assert first["Last-Modified"] == http_date(event.updated_at.timestamp())
    again = client.get("/calendar/IPC.ics", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    since = client.get("/calendar/IPC.ics", headers={"if-modified-since": first["Last-Modified"]})
    assert since.status_code == 304


def test_each_change_gives_new_bytes(client):
    event = make_event("IPC")
    session = make_session(event, room=make_room(event))
    tags = [client.get("/calendar/IPC.ics")["ETag"]]

    def changed_by(act):
        act()
        tags.append(client.get("/calendar/IPC.ics", headers={"if-none-match": tags[-1]})["ETag"])
        assert len(set(tags)) == len(tags)

    changed_by(lambda: session_change(session=session, changes={"title": {"en": "Closing"}}))
    changed_by(lambda: room_rename(room=session.room, name="Room B"))
    changed_by(lambda: session_cancel(session=session))
    changed_by(lambda: make_session(event))
    changed_by(lambda: Session.objects.filter(pk=session.pk).delete())
    event.venue = "Palace"
    changed_by(event.save)


def test_a_family_and_all_hold_the_days_of_announced_events(client):
    ephyto, ipc = make_family("ephyto", name={"en": "ePhyto", "fr": "ePhyto (fr)"}), make_family("ipc")
    one = make_event("ONE", family=ephyto, start_date=dt.date(2026, 5, 4), end_date=dt.date(2026, 5, 4))
    make_session(one)
    make_event("TWO", family=ephyto, state=Event.State.CANCELLED, start_date=dt.date(2026, 6, 1))
    make_event("THREE", family=ipc, start_date=dt.date(2026, 7, 1), is_demonstration=True, title={"en": "C"})
    family = client.get("/calendar/family/ephyto.ics?lang=fr")
    assert [item.uid for item in read(family)] == ["one@ippc-events", "two@ippc-events"]
    assert "X-WR-CALNAME:ePhyto (fr)\r\n" in family.content.decode()
    assert_valid(family.content, events=2)
    everything = client.get("/calendar/all.ics")
    assert [item.summary for item in read(everything)][2] == "Demonstration, not a real event: C"
    assert_valid(everything.content, events=3)


def test_what_a_feed_costs_whatever_its_length(client, django_assert_num_queries, monkeypatch):
    event = make_event("LONG")
    room = make_room(event)
    for number in range(20):
        make_session(event, hour=number, room=room)
    with django_assert_num_queries(1):
        event_feed_bytes(event, "en")
    with django_assert_num_queries(2):
        first = client.get("/calendar/LONG.ics")
    monkeypatch.setattr("events.calendar.selectors.calendar_bytes", None)
    with django_assert_num_queries(1):  # the event with its stamp
        assert client.get("/calendar/LONG.ics").content == first.content
    with django_assert_num_queries(1):
        again = client.get("/calendar/LONG.ics", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_a_personal_feed_follows_its_registration(client):
    event = make_event("IPC")
    make_session(event)
    registration = make_registration(event, make_category(event, needs_approval=True), language="en")
    address = f"/calendar/my/{link.REGISTRATION.token_for(registration.public_id, 0)}.ics"

    def standing():
        response = client.get(address)
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert not response.has_header("ETag")
        assert_valid(response.content, events=2)
        return {(item.status.value, item.sequence) for item in read(response)}

    assert standing() == {("TENTATIVE", 1)}
    change_state(registration=registration, transition=Transition.APPROVE, actor=STAFF)
    assert standing() == {("CONFIRMED", 2)}
    change_state(registration=registration, transition=Transition.WITHDRAW, actor=STAFF)
    assert standing() == {("CANCELLED", 3)}
    renew_link(registration=registration)
    assert client.get(address).status_code == 404
