import datetime as dt

import pytest
from django.utils.translation import override

from events.catalogue.models import Event
from events.registration.closed import why_closed
from events.registration.windows import Window

EVENT = Event(
    zone="Asia/Kuala_Lumpur",
    end_date=dt.date(2999, 5, 5),
    registration_opens_at=dt.datetime(2027, 3, 20, 16, 0, tzinfo=dt.UTC),
    registration_closes_at=dt.datetime(2027, 4, 30, 15, 59, tzinfo=dt.UTC),
)


@pytest.mark.parametrize(
    "window,words",
    [
        (Window.NOT_YET, "Registration opens on 21 March 2027, 00:00 (Kuala Lumpur (UTC+08:00))."),
        (Window.CLOSED, "Registration closed on 30 April 2027, 23:59 (Kuala Lumpur (UTC+08:00))."),
        (Window.FULL, "All places are taken. Please look again later: somebody may withdraw."),
        (
            Window.POSTPONED,
            "This event is postponed. Registration will open again when the new dates are known.",
        ),
        (Window.CANCELLED, "This event is cancelled."),
        (Window.NOT_PLANNED, "Registration for this event is not open. Please look again later."),
    ],
)
def test_the_reason_is_said_with_the_moment_in_the_events_zone(window, words):
    with override("en"):
        assert why_closed(EVENT, window) == words


def test_nobody_is_asked_to_look_again_at_what_is_over():
    over = Event(zone="UTC", end_date=dt.date(2018, 1, 26))
    assert {why_closed(over, window) for window in Window} == {"This event is over."}


@pytest.mark.parametrize("window", Window)
def test_every_window_has_words(window):
    assert why_closed(EVENT, window).endswith(".")
