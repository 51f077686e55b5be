import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from events.calendar.entries import Entry, programme_entries
from events.calendar.feed import calendar_bytes, event_entry
from events.catalogue.models import Event
from events.catalogue.texts import LANGUAGES
from events.programme.models import Session
from tests.factories import make_event, make_room, make_session

from .libical import assert_valid

MADE = dt.datetime(2026, 1, 5, 8, 30, tzinfo=dt.UTC)


def entry(**fields) -> Entry:
    values = {
        "uid": "one@ippc-events",
        "summary": "Opening",
        "start": dt.date(2026, 3, 28),
        "end": dt.date(2026, 3, 30),
        "status": "CONFIRMED",
        "sequence": 0,
        "created": MADE,
        "changed": MADE,
    }
    return Entry(**(values | fields))


def unfolded(feed: bytes) -> list[str]:
    assert feed.endswith(b"\r\n")
    assert b"\n" not in feed.replace(b"\r\n", b"")
    return feed.decode().replace("\r\n ", "").split("\r\n")[:-1]


def test_a_feed_line_by_line():
    feed = calendar_bytes([entry(place="Rome, Italy", url="https://e.org/x")], name="Opening", colour="teal")
    assert unfolded(feed) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//IPPC Secretariat//IPPC Events//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Opening",
        "X-WR-CALNAME:Opening",
        "COLOR:teal",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "BEGIN:VEVENT",
        "SUMMARY:Opening",
        "DTSTART;VALUE=DATE:20260328",
        "DTEND;VALUE=DATE:20260330",
        "DTSTAMP:20260105T083000Z",
        "UID:one@ippc-events",
        "SEQUENCE:0",
        "CREATED:20260105T083000Z",
        "LAST-MODIFIED:20260105T083000Z",
        "LOCATION:Rome\\, Italy",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "URL:https://e.org/x",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_separators_and_line_breaks_in_a_title_are_escaped():
    feed = calendar_bytes([entry(summary="A, b; c\\d\r\nEND:VEVENT\rX\x00Y\u2028Z")], name="n")
    assert "SUMMARY:A\\, b\\; c\\\\d\\nEND:VEVENT X Y Z" in unfolded(feed)
    assert_valid(feed, events=1)


def test_long_lines_are_folded_at_75_octets_between_characters():
    title = "粮食和农业组织植物检疫措施" * 12
    feed = calendar_bytes([entry(summary=title)], name=title)
    assert max(len(line) for line in feed.split(b"\r\n")) <= 75
    assert f"SUMMARY:{title}" in unfolded(feed)
    assert_valid(feed, events=1)


@pytest.mark.parametrize(
    "zone, start, offsets",
    [
        # A programme over the night in which Europe's clocks change
        ("Europe/Rome", "2026-03-29 01:30", {"+0100", "+0200"}),
        # The hour that comes twice
        ("Europe/Rome", "2026-10-25 02:30", {"+0100", "+0200"}),
        # Morocco's clocks go back for Ramadan
        ("Africa/Casablanca", "2026-02-15 01:30", {"+0000", "+0100"}),
        ("Asia/Kuala_Lumpur", "2018-01-22 09:00", {"+0800"}),
        ("Asia/Kathmandu", "2026-05-04 09:00", {"+0545"}),
        ("Pacific/Apia", "2026-05-04 09:00", {"+1300"}),
        ("America/Sao_Paulo", "2026-05-04 09:00", {"-0300"}),
    ],
)
def test_times_carry_a_zone_that_is_described(zone, start, offsets):
    aware = dt.datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(zone))
    times = entry(start=aware, end=aware + dt.timedelta(hours=1))
    feed = calendar_bytes([times], name="n")
    lines = unfolded(feed)
    assert f"DTSTART;TZID={zone}:{aware:%Y%m%dT%H%M%S}" in lines
    assert lines.count("BEGIN:VTIMEZONE") == 1
    assert {line.partition(":")[2] for line in lines if line.startswith("TZOFFSETTO")} == offsets
    assert not [line for line in lines if line.startswith("COMMENT")]
    assert_valid(feed, events=1)
    (read,) = IcsCalendarStream.calendar_from_ics(feed.decode()).events
    assert read.dtstart == aware


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "GMT", "Africa/Abidjan"])
def test_universal_time_needs_no_zone(zone):
    start = dt.datetime(2026, 5, 4, 9, tzinfo=ZoneInfo(zone))
    feed = calendar_bytes([entry(start=start, end=start + dt.timedelta(hours=1))], name="n")
    assert "DTSTART:20260504T090000Z" in unfolded(feed)
    assert b"VTIMEZONE" not in feed
    assert_valid(feed, events=1)


def test_a_change_of_offset_begins_in_the_offset_before():
    start = dt.datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("Europe/Rome"))
    lines = unfolded(calendar_bytes([entry(start=start, end=start + dt.timedelta(hours=2))], name="n"))
    zone = lines[lines.index("BEGIN:VTIMEZONE") + 1 : lines.index("END:VTIMEZONE")]
    assert zone == [
        "TZID:Europe/Rome",
        "BEGIN:STANDARD",
        "DTSTART:20260327T010000",
        "TZNAME:CET",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:20260329T020000",
        "TZNAME:CEST",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "END:DAYLIGHT",
    ]


def test_the_name_of_the_calendar_is_escaped():
    lines = unfolded(calendar_bytes([entry()], name="Seeds, soil; roots\nX"))
    assert "NAME:Seeds\\, soil\\; roots\\nX" in lines
    assert "X-WR-CALNAME:Seeds\\, soil\\; roots\\nX" in lines


def test_what_clients_trip_over_is_absent():
    feed = calendar_bytes([entry()], name="n")
    head = feed.split(b"BEGIN:VEVENT")[0]
    assert b"METHOD" not in feed
    assert b"UID" not in head
    assert b"LANGUAGE=" not in feed


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_event_with_its_programme_in_every_language(language):
    titles = {code: f"Symposium, {name}; 3" for code, name in LANGUAGES.items()}
    event = make_event(
        "EPHYTO-2026", title=titles, start_date=dt.date(2026, 3, 28), end_date=dt.date(2026, 3, 30)
    )
    opening = make_session(
        event, title=titles, abstract={"en": "First line\nsecond line"}, room=make_room(event)
    )
    make_session(event, hour=11, state=Session.State.CANCELLED)
    feed = calendar_bytes(programme_entries(event, event.sessions.all(), language), name="n")
    assert_valid(feed, events=3)
    read = IcsCalendarStream.calendar_from_ics(feed.decode()).events
    by_uid = {item.uid: item for item in read}
    days, first = by_uid["ephyto-2026@ippc-events"], by_uid[str(opening.uid)]
    assert (days.summary, days.dtstart, days.dtend) == (
        titles[language],
        dt.date(2026, 3, 28),
        dt.date(2026, 3, 31),
    )
    assert days.url == f"http://127.0.0.1:8000/{language}/events/EPHYTO-2026/"
    assert first.summary == titles[language]
    assert first.description == f"{titles[language]}\n\nFirst line\nsecond line"
    assert first.location == "Plenary hall, Kuala Lumpur, Malaysia"
    assert first.dtstart == dt.datetime(2026, 3, 28, 9, tzinfo=ZoneInfo("Asia/Kuala_Lumpur"))
    assert sorted(item.status for item in read) == ["CANCELLED", "CONFIRMED", "CONFIRMED"]


@pytest.mark.django_db
def test_a_demonstration_says_so_in_every_entry():
    event = make_event(title={"en": "Symposium"}, is_demonstration=True)
    make_session(event)
    feed = calendar_bytes(programme_entries(event, event.sessions.all(), "en"), name="n")
    summaries = [line for line in unfolded(feed) if line.startswith("SUMMARY")]
    assert summaries == [
        "SUMMARY:Demonstration\\, not a real event: Symposium",
        "SUMMARY:Demonstration\\, not a real event: Opening",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "state, session_state, expected",
    [
        (Event.State.ANNOUNCED, Session.State.CONFIRMED, ["CONFIRMED", "CONFIRMED"]),
        (Event.State.ANNOUNCED, Session.State.CANCELLED, ["CONFIRMED", "CANCELLED"]),
        (Event.State.POSTPONED, Session.State.CONFIRMED, ["TENTATIVE", "TENTATIVE"]),
        (Event.State.CANCELLED, Session.State.CONFIRMED, ["CANCELLED", "CANCELLED"]),
    ],
)
def test_what_happens_to_the_event_happens_to_its_sessions(state, session_state, expected):
    event = make_event(state=state, sequence=2)
    make_session(event, state=session_state, sequence=3)
    entries = programme_entries(event, event.sessions.all(), "en")
    assert [item.status for item in entries] == expected
    assert [item.sequence for item in entries] == [2, 5]


@pytest.mark.django_db
def test_a_single_entry_for_a_mail(settings):
    event = make_event("IYPH", title={"en": "Year", "fr": "Année"}, venue="Hall A")
    feed = event_entry(event, "fr")
    lines = unfolded(feed)
    assert "SUMMARY:Année" in lines
    assert "LOCATION:Hall A\\, Kuala Lumpur\\, Malaysia" in lines
    assert f"URL:{settings.SITE_URL}/fr/events/IYPH/" in lines
    assert not [line for line in lines if re.match("METHOD|REFRESH|NAME", line)]
    assert_valid(feed, events=1)


@given(st.text(max_size=200).filter(lambda text: not re.search("[\ud800-\udfff]", text)))
def test_no_title_breaks_out_of_its_line(title):
    feed = calendar_bytes([entry(summary=title, place=title, description=title)], name=title or "n")
    read = IcsCalendarStream.calendar_from_ics(feed.decode())
    assert len(read.events) == 1
    properties = {re.split("[:;]", line)[0] for line in unfolded(feed)}
    assert properties <= {
        *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "NAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"),
        *("X-WR-CALNAME", "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "CREATED"),
        *("LAST-MODIFIED", "LOCATION", "DESCRIPTION", "STATUS", "TRANSP"),
    }
