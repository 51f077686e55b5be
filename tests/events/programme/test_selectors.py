import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.programme.selectors import Choice, by_day, local_day, rooms_in, sessions_of, tracks_in
from tests.factories import make_event, make_room, make_session

DAY = dt.date(2018, 1, 22)


def at(*moment: int) -> SimpleNamespace:
    """A session that starts at this moment in UTC."""
    return SimpleNamespace(start=dt.datetime(*moment, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    "zone,expected",
    [
        ("Asia/Kuala_Lumpur", 23),
        ("UTC", 22),
        ("America/Argentina/Buenos_Aires", 22),
        ("Pacific/Kiritimati", 23),
    ],
)
def test_half_past_eleven_at_night_in_utc_is_the_next_day_in_the_east(zone, expected):
    assert local_day(at(2018, 1, 22, 23, 30), ZoneInfo(zone)) == dt.date(2018, 1, expected)


def test_early_morning_in_utc_is_still_yesterday_in_the_west():
    assert local_day(at(2018, 1, 23, 2), ZoneInfo("America/Argentina/Buenos_Aires")) == DAY


def test_days_follow_the_clock_on_the_wall():
    sessions = [at(2018, 1, 22, 15, 30), at(2018, 1, 22, 16, 30), at(2018, 1, 22, 23, 30)]
    days = by_day(sessions, ZoneInfo("Asia/Kuala_Lumpur"))
    assert [(day.date.day, day.sessions) for day in days] == [(22, sessions[:1]), (23, sessions[1:])]


def test_the_night_of_the_clock_change_is_one_day():
    rome = ZoneInfo("Europe/Rome")
    sessions = [at(2018, 10, 27, 22, 30), at(2018, 10, 28, 0, 30), at(2018, 10, 28, 22, 30)]
    assert [day.date for day in by_day(sessions, rome)] == [dt.date(2018, 10, 28)]


@given(st.lists(st.integers(0, 8 * 24 * 60), max_size=20))
def test_no_session_is_lost_and_days_ascend(minutes):
    first = dt.datetime(2018, 1, 1, tzinfo=dt.UTC)
    sessions = [SimpleNamespace(start=first + dt.timedelta(minutes=each)) for each in sorted(minutes)]
    days = by_day(sessions, ZoneInfo("Asia/Kathmandu"))
    assert [session for day in days for session in day.sessions] == sessions
    assert [day.date for day in days] == sorted({day.date for day in days})


def test_a_choice_takes_what_matches_all_it_asks_for():
    session = SimpleNamespace(start=dt.datetime(2018, 1, 22, 1, tzinfo=dt.UTC), track="Hub", room_id=7)
    zone = ZoneInfo("Asia/Kuala_Lumpur")
    assert Choice().takes(session, zone)
    assert Choice(DAY, "Hub", 7).takes(session, zone)
    assert not Choice(day=dt.date(2018, 1, 23)).takes(session, zone)
    assert not Choice(track="Strategy").takes(session, zone)
    assert not Choice(day=DAY, room_id=8).takes(session, zone)


@pytest.mark.django_db
def test_rooms_and_tracks_are_those_in_use():
    event = make_event()
    hall, small = make_room(event), make_room(event, "Annex")
    make_room(event, "Never used")
    make_session(event, room=hall, track="Strategy")
    make_session(event, room=small, track="Hub")
    make_session(event)
    sessions = sessions_of(event)
    assert rooms_in(sessions) == [small, hall]
    assert tracks_in(sessions) == ["Hub", "Strategy"]
