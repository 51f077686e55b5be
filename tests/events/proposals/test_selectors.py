import datetime as dt

import pytest

from events.proposals.choice import Choice
from events.proposals.models import Proposal
from events.proposals.selectors import listing
from tests.factories import make_country, make_family

from .rows import make_accepted, make_many, make_proposal

pytestmark = pytest.mark.django_db
TODAY = dt.date(2027, 5, 10)


@pytest.fixture
def family():
    return make_family("iyph")


def make(family, title, first, last=None, **fields):
    first = dt.date.fromisoformat(first)
    last = dt.date.fromisoformat(last) if last else first
    return make_accepted(family, title=title, start_date=first, end_date=last, **fields)


def titles(family, choice=None, page=1):
    shown = listing(family, choice or Choice(), page=page, today=TODAY)
    return [row.title for _month, rows in shown.months for row in rows]


def test_only_accepted_events_of_the_family_are_shown(family):
    make(family, "shown", "2027-06-01")
    for state in (Proposal.State.WAITING, Proposal.State.REFUSED):
        make_proposal(family, title=state, state=state, sequence=2)
    make(make_family("another"), "foreign", "2027-06-01")
    assert titles(family) == ["shown"]


def test_an_event_is_over_the_day_after_its_last(family):
    make(family, "over", "2027-05-01", "2027-05-09")
    make(family, "earlier", "2027-04-01")
    make(family, "today", "2027-05-01", "2027-05-10")
    make(family, "next", "2027-07-01")
    assert titles(family) == ["today", "next"]
    assert titles(family, Choice(when="past")) == ["over", "earlier"]


def test_events_stand_below_the_month_in_which_they_begin(family):
    make(family, "a", "2027-05-30", "2027-06-02")
    make(family, "b", "2027-05-31")
    make(family, "c", "2028-05-31")
    shown = listing(family, Choice(), page=1, today=TODAY)
    assert [(month, len(rows)) for month, rows in shown.months] == [
        (dt.date(2027, 5, 1), 2),
        (dt.date(2028, 5, 1), 1),
    ]
    assert shown.all_months == [dt.date(2027, 5, 1), dt.date(2028, 5, 1)]
    assert titles(family, Choice(month="2027-06")) == ["a"]


def test_the_region_is_the_events_own_else_its_countrys(family):
    kenya = make_country("KE", workshop_region="africa")
    make(family, "of its country", "2027-06-01", country=kenya)
    make(family, "its own", "2027-06-02", country=kenya, workshop_region="asia")
    make(family, "of a country without", "2027-06-03", country=make_country("CA"))
    make(family, "online", "2027-06-04")
    assert titles(family, Choice(region="africa")) == ["of its country"]
    assert titles(family, Choice(region="asia")) == ["its own"]
    assert titles(family, Choice(region="none")) == ["of a country without", "online"]
    counts = {row.region: row.count for row in listing(family, Choice(), page=1, today=TODAY).regions}
    assert counts == {
        "africa": 1,
        "asia": 1,
        "caribbean": 0,
        "europe-central-asia": 0,
        "latin-america": 0,
        "near-east-north-africa": 0,
        "southwest-pacific": 0,
        "none": 2,
    }


def test_one_chooses_by_country_level_and_language_together(family):
    kenya, chad = make_country("KE"), make_country("TD", "Chad")
    make(family, "a", "2027-06-01", country=kenya, level="global", language="fr")
    make(family, "b", "2027-06-01", country=kenya, level="global")
    make(family, "c", "2027-06-01", country=chad, level="global", language="fr")
    assert titles(family, Choice(country="KE", level="global", language="fr")) == ["a"]
    assert titles(family, Choice(country="XX")) == []
    shown = listing(family, Choice(country="KE"), page=1, today=TODAY)
    assert [country.iso2 for country in shown.countries] == ["TD", "KE"]


@pytest.mark.parametrize("count", [1, 680])
def test_a_page_asks_the_same_few_queries_however_many_events(family, count, django_assert_num_queries):
    for number in range(86):
        make_country(f"{chr(65 + number // 26)}{chr(65 + number % 26)}", str(number))
    make_many(family, count=count)
    with django_assert_num_queries(6):
        shown = listing(family, Choice(when="past"), page=1, today=dt.date(2100, 1, 1))
        assert sum(len(rows) for _month, rows in shown.months) == min(count, 50)
    assert shown.page.paginator.num_pages == (14 if count == 680 else 1)
    assert len(shown.countries) == min(count, 86)


@pytest.mark.parametrize("page", ["x", "0", "99", "-1", "9" * 40])
def test_a_page_that_is_not_there_is_another(family, page):
    make(family, "a", "2027-06-01")
    assert titles(family, page=page) == ["a"]
