import datetime as dt

import pytest

from events.catalogue.models import Country, Event, PartyStatus
from events.catalogue.regions import Status
from events.catalogue.selectors import (
    contracting_parties_on,
    countries_by_name,
    event_by_code,
    public_events,
    status_on,
)
from events.catalogue.services import load_catalogue
from tests.factories import make_country, make_event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "date,parties,uncertain",
    [
        (dt.date(2017, 10, 13), 183, 0),
        (dt.date(2019, 12, 31), 183, 0),
        (dt.date(2020, 1, 1), 184, 0),
        (dt.date(2023, 8, 8), 184, 0),
        (dt.date(2023, 8, 9), 184, 14),
        (dt.date(2025, 3, 17), 184, 14),
    ],
)
def test_contracting_parties_by_date(date, parties, uncertain):
    load_catalogue()
    assert contracting_parties_on(date).count() == parties
    assert status_on(date).filter(status=Status.UNCERTAIN).count() == uncertain


def test_a_status_counts_from_its_own_day():
    country = make_country(status=Status.NON_CONTRACTING_PARTY)
    PartyStatus.objects.create(country=country, status=Status.CONTRACTING_PARTY, since=dt.date(2020, 5, 1))
    standing = {date: status_on(date).get().status for date in (
        dt.date(1950, 1, 1), dt.date(2020, 4, 30), dt.date(2020, 5, 1),
    )}  # fmt: skip
    assert list(standing.values()) == [None, "NCP", "CP"]


def test_all_statuses_come_in_one_query(django_assert_num_queries):
    load_catalogue()
    with django_assert_num_queries(1):
        assert len([country.status for country in status_on(dt.date(2025, 1, 1))]) == 228


def test_countries_are_listed_by_their_name_in_the_language():
    for iso2, english, french in (
        ("AE", "United Arab Emirates", "Émirats arabes unis"),
        ("ET", "Ethiopia", "Éthiopie"),
        ("FR", "France", "France"),
    ):
        Country.objects.create(iso2=iso2, name={"en": english, "fr": french})
    assert [country.iso2 for country in countries_by_name("en")] == ["ET", "FR", "AE"]
    assert [country.iso2 for country in countries_by_name("fr")] == ["AE", "ET", "FR"]


def test_an_event_is_found_by_its_code_in_any_letter_case_unless_it_is_a_draft(django_assert_num_queries):
    event = make_event("IPHC-2022")
    make_event("IPHC-2023", state=Event.State.DRAFT)
    with django_assert_num_queries(1):
        assert event_by_code("iphc-2022") == event
    assert event_by_code("IPHC-2023") is None
    assert event_by_code("") is None
    assert list(public_events()) == [event]
