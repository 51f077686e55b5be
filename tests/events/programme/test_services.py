import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from events.programme.models import Session
from events.programme.services import programme_move, room_rename, session_cancel, session_change
from tests.factories import make_event, make_room, make_session

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "changes, raised_by",
    [
        ({"title": {"en": "Closing"}}, 0),
        ({"track": "Trade"}, 0),
        ({"start": dt.timedelta(minutes=15)}, 1),
        ({"start": dt.timedelta(minutes=15), "end": dt.timedelta(minutes=15)}, 1),
        ({"state": Session.State.CANCELLED}, 1),
        ({"state": Session.State.CONFIRMED}, 0),
    ],
)
def test_sequence_is_raised_once_by_a_change_of_time_or_status(changes, raised_by):
    session = make_session(make_event(), sequence=4)
    moved = {
        field: getattr(session, field) + value if isinstance(value, dt.timedelta) else value
        for field, value in changes.items()
    }
    changed = session_change(session=session, changes=moved)
    assert changed.sequence == 4 + raised_by
    assert {field: getattr(changed, field) for field in moved} == moved
    assert changed.updated_at > session.updated_at


def test_another_room_raises_sequence_and_keeps_the_uid():
    event = make_event()
    session = make_session(event)
    changed = session_change(session=session, changes={"room": make_room(event)})
    assert (changed.sequence, changed.uid) == (1, session.uid)


def test_a_session_that_ends_before_it_starts_is_refused():
    session = make_session(make_event())
    with pytest.raises(ValidationError):
        session_change(session=session, changes={"end": session.start})
    session.refresh_from_db()
    assert session.end > session.start


def test_a_room_of_another_event_is_refused():
    session = make_session(make_event())
    with pytest.raises(ValidationError):
        session_change(session=session, changes={"room": make_room(make_event())})


def test_a_cancelled_session_stays():
    session = make_session(make_event())
    session_cancel(session=session)
    session_cancel(session=session)
    assert list(Session.objects.values_list("state", "sequence")) == [("cancelled", 1)]


def test_a_renamed_room_moves_its_sessions_only():
    event = make_event()
    here, there = make_room(event), make_room(event, "Room B")
    make_session(event, room=here)
    make_session(event, room=there)
    room_rename(room=here, name="Room A")
    room_rename(room=there, name="Room B")
    assert list(Session.objects.order_by("pk").values_list("room__name", "sequence")) == [
        ("Room A", 1),
        ("Room B", 0),
    ]


def test_a_moved_programme_keeps_the_hour_on_the_wall_across_summer_time(django_assert_num_queries):
    event = make_event(zone="Europe/Rome", start_date=dt.date(2027, 3, 22), end_date=dt.date(2027, 3, 23))
    first, second = make_session(event, day=0, hour=9), make_session(event, day=1, hour=14)
    other = make_session(make_event())
    with django_assert_num_queries(4):
        programme_move(event=event, days=14)
    for session in (first, second, other):
        session.refresh_from_db()
    assert first.start == dt.datetime(2027, 4, 5, 7, tzinfo=dt.UTC)
    assert second.start.astimezone(event.tz) == dt.datetime(2027, 4, 6, 14, tzinfo=event.tz)
    assert second.end - second.start == dt.timedelta(hours=1)
    assert (first.sequence, second.sequence, other.sequence) == (1, 1, 0)
