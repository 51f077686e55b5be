"""The staff screens of the programme."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from events.access.roles import Role
from events.catalogue.models import Event
from events.programme.models import Room, Session, Speaker
from tests.events.access.two_events import make_user
from tests.factories import make_event, make_room, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make_event("SYMPOSIUM", zone="Asia/Kuala_Lumpur")


@pytest.fixture
def editor(event: Event, client: Client) -> Client:
    client.force_login(make_user("editor@example.org", (event, Role.EDITOR)))
    return client


def save(client: Client, session: Session, **changes: object) -> object:
    data = {
        "title_en": "Opening", "start": "2027-05-03 09:00", "end": "2027-05-03 10:00", "state": "confirmed",
        "room": "", "track": "",
    } | changes  # fmt: skip
    return client.post(reverse("session:edit", args=(session.pk,)), data)


def test_a_session_is_saved_in_the_events_own_time_and_calendars_are_told(
    event: Event, editor: Client
) -> None:
    session = make_session(event)
    speaker = Speaker.objects.create(event=event, name="Speaker")
    answer = save(editor, session, speakers=[speaker.pk])
    assert answer.status_code == 302, answer.context["form"].errors
    session.refresh_from_db()
    assert session.start == dt.datetime(2027, 5, 3, 1, 0, tzinfo=dt.UTC)
    assert session.sequence == 1
    assert list(session.speakers.all()) == [speaker]
    save(editor, session, title_en="Other title")
    session.refresh_from_db()
    assert (session.title.text("en"), session.sequence) == ("Other title", 1)


def test_a_session_that_ends_before_it_starts_is_refused(event: Event, editor: Client) -> None:
    session = make_session(event)
    page = save(editor, session, end="2027-05-03 08:00")
    assert page.context["form"].errors["end"] == ["The session ends before it starts."]


def test_a_room_or_speaker_of_another_own_event_is_refused(event: Event, editor: Client) -> None:
    other = make_event("OTHER")
    editor.force_login(make_user("both@example.org", (event, Role.EDITOR), (other, Role.EDITOR)))
    session = make_session(event)
    page = save(editor, session, room=make_room(other).pk)
    assert page.context["form"].errors.keys() == {"room"}
    new = {"event": event.pk, "title_en": "T", "start": "2027-05-03 09:00", "end": "2027-05-03 10:00"}
    foreign = Speaker.objects.create(event=other, name="Foreign")
    page = editor.post(reverse("session:add"), new | {"state": "confirmed", "speakers": [foreign.pk]})
    assert page.context["form"].errors == {"speakers": ["This belongs to another event."]}
    assert Session.objects.count() == 1


def test_renaming_a_room_tells_calendars(event: Event, editor: Client) -> None:
    room = make_room(event)
    session = make_session(event, room=room)
    editor.post(reverse("room:edit", args=(room.pk,)), {"name": "Great hall", "position": "0"})
    session.refresh_from_db()
    assert (Room.objects.get().name, session.sequence) == ("Great hall", 1)


def test_a_session_is_cancelled_never_deleted(event: Event, editor: Client) -> None:
    session = make_session(event)
    assert editor.post(f"/admin/session/delete/{session.pk}/").status_code == 404
    save(editor, session, state="cancelled")
    session.refresh_from_db()
    assert session.state == Session.State.CANCELLED
