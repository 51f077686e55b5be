import datetime as dt

import pytest
from django.utils import timezone

from events.catalogue.models import Event
from events.registration import link
from events.registration.places import take_place
from events.registration.selectors import (
    offers,
    open_categories,
    registration_by_reference,
    registration_by_token,
    registration_window,
)
from events.registration.services import renew_link, set_capacity
from events.registration.windows import Window
from tests.factories import make_category, make_event, make_registration

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    "fields,window",
    [
        ({}, Window.OPEN),
        ({"state": Event.State.CANCELLED}, Window.CANCELLED),
        ({"state": Event.State.POSTPONED}, Window.POSTPONED),
        ({"state": Event.State.DRAFT}, Window.NOT_PLANNED),
        ({"registration_opens_at": None}, Window.NOT_PLANNED),
        ({"registration_closes_at": None}, Window.OPEN),
    ],
)
def test_state_and_dates_open_and_close_the_window(fields, window):
    event = make_event(**fields)
    make_category(event)
    assert registration_window(event) is window


def test_the_window_opens_and_closes_on_the_second():
    opens, closes = timezone.now(), timezone.now() + HOUR
    event = make_event(registration_opens_at=opens, registration_closes_at=closes)
    make_category(event)
    second = dt.timedelta(seconds=1)
    moments = (opens - second, opens, closes - second, closes)
    expected = [Window.NOT_YET, Window.OPEN, Window.OPEN, Window.CLOSED]
    assert [registration_window(event, moment) for moment in moments] == expected


def test_the_window_closes_at_the_end_of_the_last_day_in_the_zone_of_the_event():
    last = dt.date(2027, 1, 15)
    event = make_event(
        start_date=last, end_date=last, zone="Asia/Kuala_Lumpur",
        registration_closes_at=None, registration_opens_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    make_category(event)
    midnight = dt.datetime(2027, 1, 15, 16, tzinfo=dt.UTC)
    moments = (midnight - dt.timedelta(seconds=1), midnight)
    assert [registration_window(event, moment) for moment in moments] == [Window.OPEN, Window.CLOSED]
    event.state = Event.State.POSTPONED
    assert registration_window(event, midnight) is Window.POSTPONED
    assert not event.is_over_at(midnight)


def test_a_full_category_leaves_the_others_open(django_assert_num_queries):
    event = make_event()
    full, free = make_category(event, "A", capacity=1), make_category(event, "B", capacity=2, position=1)
    for category in (full, free):
        take_place(event_id=event.pk, category_id=category.pk)
    with django_assert_num_queries(1):
        assert [(offer.category, offer.is_full) for offer in offers(event)] == [(full, True), (free, False)]
    assert open_categories(event) == [free]
    assert registration_window(event) is Window.OPEN


def test_a_full_event_has_no_open_category():
    event, other = make_event(capacity=1), make_event()
    category = make_category(event)
    make_category(other)
    take_place(event_id=event.pk, category_id=category.pk)
    assert open_categories(event) == []
    assert registration_window(event) is Window.FULL
    assert registration_window(other) is Window.OPEN


def test_no_places_at_all_is_full():
    event = make_event()
    set_capacity(event=event, category=make_category(event), capacity=0)
    assert registration_window(event) is Window.FULL


def test_only_the_current_link_finds_the_registration(django_assert_num_queries):
    registration = make_registration(make_event())
    token = link.REGISTRATION.token_for(registration.public_id, 0)
    with django_assert_num_queries(1):
        found = registration_by_token(token)
        assert (found, found.event.family.slug, found.category.letter) == (registration, "ephyto", "D")
    renew_link(registration=registration)
    assert registration_by_token(token) is None
    assert registration_by_token(link.REGISTRATION.token_for(registration.public_id, 1)) == registration


def test_a_reference_is_found_in_its_own_event_only():
    registration = make_registration(make_event())
    assert registration_by_reference(registration.event, registration.reference) == registration
    assert registration_by_reference(make_event(), registration.reference) is None
