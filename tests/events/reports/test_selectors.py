import datetime as dt
import random
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from events.catalogue.models import Event, PartyStatus
from events.checkin.models import Checkpoint, Gate
from events.checkin.services import scan
from events.registration.models import Registration
from events.registration.states import State
from events.reports.figures import Figures
from events.reports.models import PublishedFigure, RecordedFigure
from events.reports.selectors import Span, events_reported, recorded, report, years_known
from tests.factories import (
    make_category,
    make_country,
    make_event,
    make_family,
    make_gate,
    make_registration,
    make_session,
)

pytestmark = pytest.mark.django_db

INDEPENDENT = """
SELECT
  (SELECT COUNT(*) FROM (
     SELECT DISTINCT name_folded, email_folded FROM events_registration
     WHERE state = 'confirmed' AND event_id IN ({ids})) AS people),
  (SELECT COUNT(*) FROM (
     SELECT DISTINCT a.registration_id FROM events_admission a
     JOIN events_checkpoint c ON c.id = a.checkpoint_id
     WHERE c.session_id IS NULL AND c.event_id IN ({ids})) AS comings),
  (SELECT COUNT(DISTINCT r.country_id) FROM events_registration r JOIN events_country c ON c.id = r.country_id
   WHERE r.state = 'confirmed' AND r.representing = 'country' AND c.iso2 <> 'EU' AND r.event_id IN ({ids})),
  (SELECT COUNT(DISTINCT r.country_id) FROM events_registration r JOIN events_event e ON e.id = r.event_id
   JOIN events_partystatus s ON s.country_id = r.country_id
   WHERE r.state = 'confirmed' AND r.representing = 'country' AND r.event_id IN ({ids}) AND s.status = 'CP'
     AND s.since = (SELECT MAX(t.since) FROM events_partystatus t
                    WHERE t.country_id = r.country_id AND t.since <= e.start_date))
"""


def independent(events) -> Figures:
    ids = ", ".join(str(event.pk) for event in events)
    with connection.cursor() as cursor:
        cursor.execute(INDEPENDENT.format(ids=ids))
        return Figures(*cursor.fetchone())


def let_in(registration, gate):
    return scan(scan_id=uuid.uuid4(), gate=gate, text=registration.ticket.code, scanned_at=timezone.now())


def fill(events, seed: int, number: int) -> None:
    """Registrations of every kind, some of one person twice, some withdrawn, some admitted."""
    chance = random.Random(seed)
    countries = [
        make_country("KE", "Kenya", status="CP", fao_region="africa", workshop_region="africa"),
        make_country("VN", "Viet Nam", status="CP", fao_region="asia", workshop_region="asia"),
        make_country("PW", "Palau", status="CP", fao_region="southwest-pacific"),
        make_country("GU", "Guam", status="T"),
        make_country("XX", "Nowhere"),
        make_country("EU", "European Union", status="CP"),
    ]
    for event in events:
        gates = [make_gate(event), make_gate(event, "Side")]
        hall = Checkpoint.objects.create(event=event, session=make_session(event), name="Hall")
        gates.append(Gate.objects.create(checkpoint=hall, name="Hall"))
        for _one in range(number):
            person = chance.randrange(number)
            registration = make_registration(
                event,
                name=f"Person {person}",
                email=f"office{person % 7}@example.org",
                representing=chance.choice(["country", "country", "organization", "other"]),
                country=chance.choice(countries),
                gender=chance.choice(["woman", "man", "not-said"]),
            )
            for gate in chance.sample(gates, chance.randrange(3)):
                let_in(registration, gate)
            if chance.random() < 0.2:
                Registration.objects.filter(pk=registration.pk).update(state=State.WITHDRAWN)


def test_the_figures_agree_with_an_independent_count():
    palau = make_country("PW", "Palau", status="CP", fao_region="southwest-pacific")
    PartyStatus.objects.create(country=palau, status="NCP", since=dt.date(2026, 6, 1))
    before = make_event("BEFORE", start_date=dt.date(2026, 5, 1), end_date=dt.date(2026, 5, 2))
    after = make_event("AFTER", start_date=dt.date(2026, 7, 1), end_date=dt.date(2026, 7, 2), mode="virtual")
    fill([before, after], seed=7, number=40)
    for events in ([before, after], [before], [after]):
        told = report(events)
        assert told.figures == independent(events)
        assert told.figures.participants > 10
        by_event = dict(next(each.parts for each in told.breakdowns if each.name == "event"))
        assert by_event == {str(event): independent([event]) for event in events}


def test_a_report_costs_one_query(django_assert_num_queries):
    event = make_event()
    fill([event], seed=1, number=15)
    with django_assert_num_queries(1):
        report([event])


def test_the_parts_are_named():
    event = make_event(title={"en": "Workshop"}, mode="hybrid")
    kenya = make_country("KE", "Kenya", status="CP", fao_region="africa", workshop_region="africa")
    make_registration(event, representing="country", country=kenya, gender="woman")
    make_registration(event, representing="other", gender="man")
    parts = {
        part.name: [(str(label), figures) for label, figures in part.parts]
        for part in report([event]).breakdowns
    }
    assert parts == {
        "event": [("Workshop", Figures(2, 0, 1, 1))],
        "fao_region": [
            ("Africa", Figures(1, 0, 1, 1)),
            ("No country or territory represented", Figures(1, 0, 0, 0)),
        ],
        "workshop_region": [
            ("Africa", Figures(1, 0, 1, 1)),
            ("No country or territory represented", Figures(1, 0, 0, 0)),
        ],
        "gender": [("Woman", Figures(1, 0, 1, 1)), ("Man", Figures(1, 0, 0, 0))],
        "mode": [("In person and online", Figures(2, 0, 1, 1))],
    }


def test_which_events_are_reported():
    ephyto, ipc = make_family("ephyto"), make_family("ipc")
    real = make_event("REAL", family=ephyto, start_date=dt.date(2026, 1, 1), end_date=dt.date(2026, 1, 2))
    other = make_event("OTHER", family=ipc, start_date=dt.date(2027, 1, 1), end_date=dt.date(2027, 1, 2))
    demonstration = make_event("DEMO", family=ephyto, is_demonstration=True)
    draft, cancelled = make_event(state=Event.State.DRAFT), make_event(state=Event.State.CANCELLED)
    make_event("EMPTY")
    events = [real, other, demonstration, draft, cancelled]
    for event in events:
        make_registration(event)
    ids = [event.pk for event in Event.objects.all()]
    everything = Span()

    def reported(span=everything, *, ids=ids, demonstration=False):
        return list(events_reported(ids, span, demonstration=demonstration))

    assert reported() == [real, other]
    assert reported(demonstration=True) == [demonstration]
    assert reported(ids=[other.pk]) == [other]
    assert reported(Span(year=2026)) == [real]
    assert reported(Span(family="ipc")) == [other]
    assert reported(Span(year=2026, family="ipc")) == []


def make_workshops_of_2017():
    """The seven workshops as far as they are known, and the total that was published."""
    workshops = make_family("regional-workshops", name={"en": "IPPC Regional Workshops"})
    known = {
        "Southwest Pacific": (29, 21, 8),
        "Asia": (37, 21, None),
        "Central and Eastern Europe and Central Asia": (24, 18, None),
        "Africa": (22, 14, None),
        "Latin America": (None, None, None),
        "Caribbean": (None, None, None),
        "Near East and North Africa": (None, None, None),
    }
    for label, (participants, countries, women) in known.items():
        RecordedFigure.objects.create(
            family=workshops,
            year=2017,
            label=label,
            participants=participants,
            countries=countries,
            women=women,
            source="IPPC news 2017",
        )
    PublishedFigure.objects.create(
        family=workshops,
        year=2017,
        participants=206,
        countries=117,
        source="WTO document, received 2017-10-13",
        definition="Participants and countries of all regional workshops of 2017",
    )
    return workshops


def test_the_workshops_of_2017(django_assert_num_queries):
    make_workshops_of_2017()
    with django_assert_num_queries(2):
        (group,) = recorded([], Span())
    assert (group.year, group.total.participants, group.total.events_known) == (2017, 112, 4)
    assert group.total.missing == ("Latin America", "Caribbean", "Near East and North Africa")
    assert (group.total.countries_at_most, group.total.events_with_countries) == (74, 4)
    assert (group.published.participants, group.published.countries) == (206, 117)
    assert recorded([], Span(year=2016)) == []
    assert len(recorded([], Span(2017, "regional-workshops"))) == 1


def test_recorded_figures_of_an_event_are_for_its_team_and_give_way_to_registrations():
    event = make_event()
    RecordedFigure.objects.create(
        event=event, family=event.family, year=2026, label="X", participants=5, source="s"
    )
    assert recorded([], Span()) == []
    assert len(recorded([event.pk], Span())) == 1
    make_registration(event, make_category(event))
    assert recorded([event.pk], Span()) == []


def test_the_years_to_choose_from():
    event = make_event(start_date=dt.date(2026, 1, 1), end_date=dt.date(2026, 1, 2))
    make_event(start_date=dt.date(2031, 1, 1), end_date=dt.date(2031, 1, 2))
    make_workshops_of_2017()
    assert years_known([event.pk]) == [2026, 2017]
