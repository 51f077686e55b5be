import datetime as dt

import pytest
from django.core.cache import caches
from ical.calendar_stream import IcsCalendarStream

from events.calendar.selectors import all_feed, family_feed
from events.proposals import services
from tests.events.proposals.rows import make_accepted, make_many, make_proposal
from tests.factories import make_country, make_event, make_family

from .libical import assert_valid

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    return make_family("iyph")


def entries(family, language="en"):
    feed = family_feed(family.slug, language)
    calendar = IcsCalendarStream.calendar_from_ics(feed.body.decode())
    return feed, {str(event.uid): event for event in calendar.events}


def test_an_accepted_event_stands_beside_the_familys_own(family, settings):
    make_event("IYPH-1", family=family)
    proposal = make_accepted(
        family,
        title="Day; of, plants",
        start_date=dt.date(2027, 5, 12),
        end_date=dt.date(2027, 5, 13),
        country=make_country("KE", "Kenya"),
        description="One\nTwo",
    )
    feed, found = entries(family)
    assert_valid(feed.body, events=2)
    assert found.keys() == {"iyph-1@ippc-events", str(proposal.uid)}
    event = found[str(proposal.uid)]
    assert (event.summary, event.location, event.status) == ("Day; of, plants", "Nairobi, Kenya", "CONFIRMED")
    assert (event.dtstart, event.dtend) == (dt.date(2027, 5, 12), dt.date(2027, 5, 14))
    assert event.description == (
        "One\nTwo\n\nThis event is held by its own organizers, not by the IPPC Secretariat."
    )
    assert (str(event.url), event.sequence) == ("https://www.example.org/day", 0)


def test_without_a_page_of_its_own_it_leads_to_the_calendar(family, settings):
    proposal = make_accepted(family, link="")
    _feed, found = entries(family, "fr")
    assert str(found[str(proposal.uid)].url) == f"{settings.SITE_URL}/fr/proposals/iyph/"


def test_what_waits_or_was_refused_is_in_no_feed(family):
    make_proposal(family)
    services.refuse(proposal=make_proposal(family), user=None, reason="x")
    assert entries(family)[1] == {}


def test_what_is_taken_out_is_cancelled_and_its_words_are_gone(family):
    proposal = make_accepted(family, title="CANARY", description="CANARY", place="CANARY")
    before, found = entries(family)
    services.take_out(proposal=proposal, user=None, reason="CANARY")
    after, cancelled = entries(family)
    assert_valid(after.body, events=1)
    event = cancelled[str(proposal.uid)]
    assert (event.status, event.summary) == ("CANCELLED", "No longer in this calendar")
    assert event.sequence > found[str(proposal.uid)].sequence
    assert event.dtstart == found[str(proposal.uid)].dtstart
    assert b"CANARY" not in after.body
    assert before.etag != after.etag


def test_a_correction_is_seen_at_once_with_a_higher_sequence(family):
    proposal = make_accepted(family)
    assert entries(family)[1][str(proposal.uid)].sequence == 0
    services.correct(proposal=proposal, changes={"place": "Mombasa"})
    event = entries(family)[1][str(proposal.uid)]
    assert (event.sequence, event.location) == (1, "Mombasa")


def test_nobody_who_proposed_is_named(family):
    make_accepted(family, proposer_name="CANARY", proposer_email="canary@example.org")
    assert b"canary" not in family_feed("iyph", "en").body.lower()


def test_hostile_words_add_no_line_to_the_feed(family):
    make_accepted(family, title="a\r\nEND:VEVENT\r\nX:1", description="\x0b;\\,\nBEGIN:VALARM\u2028")
    feed, found = entries(family)
    assert_valid(feed.body, events=1)
    assert len(found) == 1


@pytest.mark.parametrize("count", [1, 680])
def test_the_feed_asks_five_queries_and_a_kept_one_three(family, count, settings, django_assert_num_queries):
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "proposed"}
    settings.CACHES = settings.CACHES | {"process": memory}
    caches["process"].clear()
    make_country("KE")
    make_many(family, count=count)
    with django_assert_num_queries(5):
        feed = family_feed("iyph", "es")
    assert_valid(feed.body, events=count)
    with django_assert_num_queries(3):
        assert family_feed("iyph", "es").body == feed.body


def test_the_feed_of_all_events_holds_the_secretariats_own(family):
    make_accepted(family, title="CANARY")
    assert b"CANARY" not in all_feed("en").body
