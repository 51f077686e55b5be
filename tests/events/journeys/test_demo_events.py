"""The real events, the figures known of them, and the invented next editions."""

import csv
import datetime as dt
import json
import re

import pytest
from django.utils import timezone

from events.catalogue.loader import DATA
from events.catalogue.models import Country, Event, Family
from events.catalogue.services import load_catalogue
from events.catalogue.texts import LANGUAGES
from events.checkin.models import Gate
from events.journeys.demo.content import content
from events.journeys.demo.next_editions import add_next_editions
from events.journeys.demo.real_events import add_real_events
from events.programme.models import Session, Speaker
from events.registration.models import Counter
from events.registration.selectors import registration_window
from events.registration.windows import Window
from events.reports.models import PublishedFigure, RecordedFigure

pytestmark = pytest.mark.django_db

FAMILIES = ["ephyto", "iyph", "ipc", "regional-workshops", "cpm", "committees"]


@pytest.fixture
def catalogue():
    load_catalogue()


@pytest.fixture
def real_events(catalogue):
    return add_real_events()


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def days_in(row: dict[str, str]) -> tuple[str, str]:
    return row["start"], row["end"]


# ---------------------------------------------------------------- real events


def test_every_event_with_exact_days_is_there_and_no_other(real_events):
    timeline = [row for row in rows("events_timeline.csv") if len(row["start"]) == len("2018-01-22")]
    workshops = [row for row in rows("regional_workshops_2017.csv") if row["start"]]
    ours = sorted((str(event.start_date), str(event.end_date)) for event in Event.objects.all())
    assert ours == sorted(days_in(row) for row in timeline + workshops)
    assert len(ours) == 24


def test_the_counts_are_those_of_the_sources(real_events):
    ours = {
        (str(figure.event.start_date), str(figure.event.end_date)): figure.participants
        for figure in RecordedFigure.objects.select_related("event").exclude(event=None)
    }
    for row in rows("events_timeline.csv"):
        number = re.match(r"(?:about |more than |over )?(\d+)", row["participants"])
        if number and len(row["start"]) == len("2018-01-22"):
            assert ours[days_in(row)] == int(number[1]), row["event"]
    workshops = {
        (str(figure.event.start_date), figure.participants, figure.countries, figure.women)
        for figure in RecordedFigure.objects.filter(family__slug="regional-workshops", event__isnull=False)
    }
    assert workshops == {
        (
            row["start"],
            int(row["participants"]),
            int(row["countries"]),
            int(row["women"]) if row["women"] else None,
        )
        for row in rows("regional_workshops_2017.csv")
        if row["start"]
    }


def test_the_workshops_of_2017(real_events):
    recorded = RecordedFigure.objects.filter(family__slug="regional-workshops", year=2017)
    assert sum(figure.participants or 0 for figure in recorded) == 112
    assert sum(figure.countries or 0 for figure in recorded) == 74
    missing = [figure for figure in recorded if figure.participants is None]
    assert {figure.workshop_region for figure in missing} == {
        "latin-america",
        "caribbean",
        "near-east-north-africa",
    }
    assert all(figure.event is None and figure.source.startswith("Not found") for figure in missing)
    published = PublishedFigure.objects.get()
    assert (published.year, published.participants, published.countries) == (2017, 206, 117)
    assert "117 contracting parties" in published.definition


def test_texts_are_in_six_languages_and_bounded(real_events):
    add_next_editions(today=dt.date(2026, 11, 25))
    for row in [*Family.objects.all(), *Event.objects.all()]:
        row.full_clean()
    for texts in Event.objects.values_list("title", flat=True):
        assert set(texts) == set(LANGUAGES)
    for event in Event.objects.all():
        assert set(event.place) in ({*()}, set(LANGUAGES)), event.code
        assert set(event.note) in ({*()}, set(LANGUAGES)), event.code


def test_states_zones_and_hosts(real_events):
    cancelled = Event.objects.get(state=Event.State.CANCELLED)
    assert (cancelled.code, cancelled.zone, cancelled.country.iso2) == ("IPHC-2021", "Europe/Helsinki", "FI")
    assert {registration_window(event) for event in real_events} == {Window.NOT_PLANNED, Window.CANCELLED}
    assert Event.objects.get(code="ESG-2018-PRE").parent.code == "EPHYTO-2018"
    assert Event.objects.get(code="IPHC-2022").mode == Event.Mode.HYBRID


def test_the_programme_of_the_symposium_is_illustrative_and_in_its_zone(real_events):
    known = json.loads((DATA / "symposium_2018.json").read_text(encoding="utf-8"))
    sessions = list(Session.objects.filter(event__code="EPHYTO-2018"))
    event = sessions[0].event
    assert all(session.is_illustrative and set(session.title) == set(LANGUAGES) for session in sessions)
    days = sorted({session.start.astimezone(event.tz).date() for session in sessions})
    assert (str(days[0]), str(days[-1]), len(days)) == (known["start"], known["end"], 5)
    first = sessions[0].start
    assert first == dt.datetime(2018, 1, 22, 0, 30, tzinfo=dt.UTC)
    assert {speaker.name for speaker in Speaker.objects.filter(event=event)} >= {
        "IPPC Secretary",
        "Chair of the ePhyto Steering Group",
    }


def test_no_two_sessions_share_a_room_at_a_time(real_events):
    sessions = list(Session.objects.filter(event__code="EPHYTO-2018"))
    clashes = [
        (str(one), str(other))
        for one in sessions
        for other in sessions
        if one.pk < other.pk
        and one.room_id == other.room_id
        and one.start < other.end
        and other.start < one.end
    ]
    assert clashes == []


def test_a_second_run_adds_nothing_and_keeps_edits(real_events):
    Event.objects.filter(code="CPM-14").update(title={"en": "Edited"})
    RecordedFigure.objects.filter(event__code="CPM-14").update(participants=1)
    PublishedFigure.objects.update(definition="Edited")
    before = {
        model: model.objects.count() for model in (Event, Family, RecordedFigure, PublishedFigure, Session)
    }
    assert add_real_events() == []
    assert {model: model.objects.count() for model in before} == before
    assert Event.objects.get(code="CPM-14").title == {"en": "Edited"}
    assert RecordedFigure.objects.get(event__code="CPM-14").participants == 1
    assert PublishedFigure.objects.get().definition == "Edited"


# ---------------------------------------------------------------- next editions


def test_each_family_gets_one_edition_open_for_registration(real_events):
    editions = add_next_editions(today=timezone.now().date())
    assert [event.family.slug for event in editions] == [
        entry["family"] for entry in content("next_editions")["event"]
    ]
    assert sorted(event.family.slug for event in editions) == sorted(FAMILIES)
    assert all(event.is_demonstration and event.start_date.weekday() == 0 for event in editions)
    assert {registration_window(event) for event in editions} == {Window.OPEN}
    assert all(set(event.note) == set(LANGUAGES) for event in editions)


def test_an_edition_is_furnished(real_events):
    add_next_editions(today=dt.date(2026, 11, 25))
    event = Event.objects.get(code="DEMO-EPHYTO")
    assert (event.start_date, event.end_date) == (dt.date(2027, 1, 11), dt.date(2027, 1, 15))
    assert event.registration_closes_at.astimezone(event.tz) == dt.datetime(
        2027, 1, 7, 23, 59, tzinfo=event.tz
    )
    assert "".join(category.letter for category in event.categories.all()) == "EDOGPS"
    assert [category.letter for category in event.categories.all() if category.needs_approval] == ["P"]
    places = {
        counter.category and counter.category.letter: counter.capacity for counter in event.counters.all()
    }
    assert places == {None: 600, "E": None, "D": None, "O": 120, "G": None, "P": 30, "S": None}
    gate = Gate.objects.get(checkpoint__event=event)
    assert (gate.checkpoint.name, gate.name) == ("Entrance", "Main entrance")
    assert event.sessions.count() == Session.objects.filter(event__code="EPHYTO-2018").count()
    assert not Gate.objects.filter(checkpoint__event__mode=Event.Mode.VIRTUAL).exists()


def test_a_run_on_the_same_day_changes_nothing(real_events):
    today = dt.date(2026, 11, 25)
    add_next_editions(today=today)
    before = list(Event.objects.filter(is_demonstration=True).values())
    counters = Counter.objects.count()
    assert add_next_editions(today=today) == []
    assert list(Event.objects.filter(is_demonstration=True).values()) == before
    assert Counter.objects.count() == counters


def test_an_edition_whose_registration_ends_soon_is_moved_on_with_its_programme(real_events):
    add_next_editions(today=dt.date(2026, 11, 25))
    event = Event.objects.get(code="DEMO-EPHYTO")
    before = [(session.start, session.pk) for session in event.sessions.all()]
    add_next_editions(today=dt.date(2026, 12, 30))
    event.refresh_from_db()
    assert (event.start_date, event.sequence) == (dt.date(2027, 1, 11), 0)
    add_next_editions(today=dt.date(2026, 12, 31))
    event.refresh_from_db()
    assert (event.start_date, event.end_date, event.sequence) == (
        dt.date(2027, 2, 15),
        dt.date(2027, 2, 19),
        1,
    )
    shift = dt.timedelta(days=35)
    assert [(session.start, session.pk) for session in event.sessions.all()] == [
        (start + shift, pk) for start, pk in before
    ]
    assert {session.sequence for session in event.sessions.all()} == {1}


def test_colours_of_a_category_are_legible_with_white(real_events):
    def channel(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    for facts in content("next_editions")["category"].values():
        red, green, blue = (channel(int(facts["colour"][at : at + 2], 16)) for at in (1, 3, 5))
        assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5, facts["letter"]


def test_hosts_are_in_the_catalogue(real_events):
    assert Country.objects.filter(event__code="RW-2017-AFRICA").get().iso2 == "TG"
