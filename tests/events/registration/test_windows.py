import datetime as dt
from typing import Any

import pytest
from django.utils.translation import override

from events.catalogue.models import Category, Event
from events.registration.closed import offer_label, why_closed
from events.registration.windows import Offer, Rules, Terms, Window, category_window, closing, terms

MIDNIGHT = dt.datetime(2027, 3, 1, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)


def event(**fields: Any) -> Event:
    """Three days of a meeting in April, open for registration in March."""
    values: dict[str, Any] = {
        "zone": "UTC",
        "state": Event.State.ANNOUNCED,
        "start_date": dt.date(2027, 4, 10),
        "end_date": dt.date(2027, 4, 12),
        "registration_opens_at": MIDNIGHT,
        "registration_closes_at": MIDNIGHT + 30 * DAY,
    }
    return Event(**values | fields)


def rules(**fields: Any) -> Rules:
    values: dict[str, Any] = {
        "audience": "open",
        "opens_at": None,
        "closes_at": None,
        "minimum_notice_days": 0,
        "has_waiting_list": False,
        "is_full": False,
    }
    return Rules(**values | fields)


def test_funded_people_register_before_others():
    early = rules(opens_at=MIDNIGHT - 5 * DAY, closes_at=MIDNIGHT)
    moments = (MIDNIGHT - 5 * DAY - SECOND, MIDNIGHT - 5 * DAY, MIDNIGHT - SECOND, MIDNIGHT)
    assert [category_window(event(), early, moment) for moment in moments] == [
        Window.NOT_YET,
        Window.OPEN,
        Window.OPEN,
        Window.CLOSED,
    ]
    assert category_window(event(), rules(), MIDNIGHT - SECOND) is Window.NOT_YET


def test_the_notice_ends_at_the_events_midnight():
    meeting = event(zone="Asia/Tokyo", registration_closes_at=None)
    # 14 days are left on 27 March in Tokyo, 13 on the day after.
    ends = dt.datetime(2027, 3, 27, 15, tzinfo=dt.UTC)
    needed = rules(minimum_notice_days=14)
    assert closing(meeting, needed) == ends
    found = [category_window(meeting, needed, moment) for moment in (ends - SECOND, ends)]
    assert found == [Window.OPEN, Window.TOO_LATE]


def test_an_event_without_a_window_is_not_opened_by_a_category():
    assert category_window(event(registration_opens_at=None), rules(opens_at=MIDNIGHT), MIDNIGHT) is (
        Window.NOT_PLANNED
    )


@pytest.mark.parametrize(
    "categories,window",
    [
        ([rules()], Window.OPEN),
        ([rules(is_full=True)], Window.FULL),
        ([rules(is_full=True, has_waiting_list=True)], Window.WAITING_LIST),
        ([rules(is_full=True), rules(opens_at=MIDNIGHT + DAY)], Window.NOT_YET),
        ([rules(is_full=True, has_waiting_list=True), rules()], Window.OPEN),
        ([rules(closes_at=MIDNIGHT), rules(is_full=True)], Window.FULL),
        ([rules(closes_at=MIDNIGHT)], Window.CLOSED),
        ([rules(minimum_notice_days=99)], Window.CLOSED),
        ([rules(audience="invitation")], Window.BY_INVITATION),
        ([rules(audience="nomination")], Window.BY_NOMINATION),
        ([rules(audience="nomination"), rules(audience="invitation")], Window.BY_EITHER),
        ([rules(audience="invitation", closes_at=MIDNIGHT)], Window.CLOSED),
        ([rules(audience="invitation", is_full=True)], Window.BY_INVITATION),
        ([rules(audience="invitation"), rules(is_full=True)], Window.FULL),
        ([], Window.FULL),
    ],
)
def test_an_event_says_the_most_hopeful_of_its_categories(categories, window):
    assert terms(event(), categories, MIDNIGHT).window is window


def test_the_events_state_comes_before_its_categories():
    found = [
        terms(event(state=state), [rules(audience="invitation")], MIDNIGHT).window for state in Event.State
    ]
    assert dict(zip(Event.State, found, strict=True)) == {
        Event.State.DRAFT: Window.NOT_PLANNED,
        Event.State.ANNOUNCED: Window.BY_INVITATION,
        Event.State.POSTPONED: Window.POSTPONED,
        Event.State.CANCELLED: Window.CANCELLED,
    }


def test_the_next_opening_and_the_last_closing_are_told():
    categories = [
        rules(opens_at=MIDNIGHT + DAY, closes_at=MIDNIGHT + 2 * DAY),
        rules(opens_at=MIDNIGHT + 3 * DAY),
    ]
    assert terms(event(), categories, MIDNIGHT) == Terms(Window.NOT_YET, MIDNIGHT + DAY, MIDNIGHT + 30 * DAY)


@pytest.mark.parametrize(
    "offer,words",
    [
        ({"is_full": False}, "Observer"),
        ({"is_full": True}, "Observer – no place left"),
        (
            {"is_full": True, "has_waiting_list": True},
            "Observer – all places are taken: you join the waiting list",
        ),
        ({"is_full": False, "needs_approval": True}, "Observer – the Secretariat approves each registration"),
        (
            {"is_full": True, "by_date": Window.NOT_YET},
            "Observer – registration opens on 1 March 2027, 00:00 (UTC)",
        ),
        (
            {"is_full": False, "by_date": Window.TOO_LATE, "minimum_notice_days": 14},
            "Observer – registration closed on 28 March 2027, 00:00 (UTC)",
        ),
    ],
)
def test_a_category_says_what_one_must_know(offer, words):
    own = {name: offer.pop(name) for name in ("is_full", "by_date") if name in offer}
    category = Category(event=event(), label={"en": "Observer"}, **offer)
    with override("en"):
        assert offer_label(Offer(category, **own)) == words


@pytest.mark.parametrize("window", [Window.BY_INVITATION, Window.BY_NOMINATION, Window.BY_EITHER])
def test_who_may_register_is_said_where_not_everybody_may(window):
    with override("en"):
        said = why_closed(event(end_date=dt.date(2999, 1, 1)), window)
    assert ("invit" in said, "contact point" in said) == (
        window is not Window.BY_NOMINATION,
        window is not Window.BY_INVITATION,
    )
