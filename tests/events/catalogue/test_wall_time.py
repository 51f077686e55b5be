import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from events.catalogue.wall_time import moved, moved_span

ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "UTC",
            "Europe/Berlin",
            "America/St_Johns",
            "Australia/Lord_Howe",
            "Africa/Casablanca",
            "Asia/Kathmandu",
            "Pacific/Apia",
            "America/Santiago",
        )
    ]
)
YEARS = [dt.datetime(year, 1, 1) for year in (2020, 2035)]  # noqa: DTZ001 - hypothesis adds the zone
MOMENTS = st.datetimes(YEARS[0], YEARS[1], timezones=st.just(dt.UTC))
LENGTHS = st.timedeltas(dt.timedelta(minutes=1), dt.timedelta(hours=12))
BERLIN = ZoneInfo("Europe/Berlin")


def exists(wall, zone):
    """Whether the clock on the wall ever shows this hour."""
    return wall.replace(tzinfo=zone).astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) == wall


@given(MOMENTS, ZONES, ZONES, st.integers(-500, 500))
def test_the_clock_on_the_wall_shows_the_same_hour(moment, zone, to_zone, days):
    wall = moment.astimezone(zone).replace(tzinfo=None, fold=0) + dt.timedelta(days=days)
    shown = moved(moment, zone, days, to_zone).astimezone(to_zone).replace(tzinfo=None, fold=0)
    if exists(wall, to_zone):
        assert shown == wall
    else:
        assert dt.timedelta(0) < shown - wall <= dt.timedelta(days=1)


@given(MOMENTS, LENGTHS, ZONES, ZONES, st.integers(-500, 500))
def test_no_session_ends_before_it_starts(start, length, zone, to_zone, days):
    begin, finish = moved_span(start, start + length, zone, days, to_zone)
    assert begin < finish
    assert begin.tzinfo is finish.tzinfo is dt.UTC


@given(MOMENTS, ZONES, st.integers(-500, 500))
def test_there_and_back_is_the_same_hour_again(moment, zone, days):
    there = moved(moment, zone, days)
    wall = moment.astimezone(zone).replace(tzinfo=None, fold=0)
    if exists(wall + dt.timedelta(days=days), zone):
        assert moved(there, zone, -days).astimezone(zone).replace(tzinfo=None, fold=0) == wall


def test_nine_stays_nine_across_summer_time():
    nine = dt.datetime(2027, 1, 11, 9, tzinfo=BERLIN)
    assert moved(nine, BERLIN, 77) == dt.datetime(2027, 3, 29, 7, tzinfo=dt.UTC)


def test_a_session_in_the_hour_that_comes_twice_keeps_its_length():
    start = dt.datetime(2027, 10, 31, 2, 30, tzinfo=BERLIN)
    end = dt.datetime(2027, 10, 31, 2, 15, tzinfo=BERLIN, fold=1)
    begin, finish = moved_span(start.astimezone(dt.UTC), end.astimezone(dt.UTC), BERLIN, 7)
    assert finish - begin == dt.timedelta(minutes=45)
