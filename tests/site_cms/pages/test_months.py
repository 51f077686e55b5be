import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_cms.pages.months import Span, days_shown, month_after, month_in, weeks_of

JANUARY = dt.date(2027, 1, 1)
spans = st.lists(
    st.tuples(st.integers(-20, 50), st.integers(0, 40)).map(
        lambda given: (JANUARY + dt.timedelta(given[0]), JANUARY + dt.timedelta(given[0] + given[1]))
    ),
    max_size=12,
)


@pytest.mark.parametrize("text,month", [("2027-01", JANUARY), ("1900-12", dt.date(1900, 12, 1))])
def test_a_month_is_read(text, month):
    assert month_in(text) == month


@pytest.mark.parametrize(
    "text",
    ["", "2027", "2027-13", "2027-00", "2027-1", "1899-12", "2200-01", "٢٠٢٧-٠١", "2027-01\n", "x" * 5000],
)
def test_anything_else_is_no_month(text):
    assert month_in(text) is None


def test_months_follow_each_other_over_the_year():
    assert month_after(dt.date(2026, 12, 1)) == JANUARY
    assert month_after(JANUARY, -1) == dt.date(2026, 12, 1)
    assert month_after(JANUARY, 14) == dt.date(2028, 3, 1)


def test_a_month_is_shown_in_whole_weeks():
    assert days_shown(JANUARY) == (dt.date(2026, 12, 28), dt.date(2027, 1, 31))


def test_an_event_over_a_weekend_goes_on_in_the_next_week():
    span = Span(dt.date(2027, 1, 9), dt.date(2027, 1, 12), "Symposium")
    weeks = weeks_of(JANUARY, [span])
    assert [len(week.lanes) for week in weeks] == [0, 1, 1, 0, 0]
    first, then = weeks[1].lanes[0], weeks[2].lanes[0]
    assert [(bar.days, bar.span, bar.begins, bar.ends) for bar in first] == [
        (5, None, True, True),
        (2, span, True, False),
    ]
    assert [(bar.days, bar.span, bar.begins, bar.ends) for bar in then] == [
        (2, span, False, True),
        (5, None, True, True),
    ]


@given(spans)
def test_each_day_of_each_event_is_shown_once(given_spans):
    items = [Span(first, last, number) for number, (first, last) in enumerate(given_spans)]
    shown = []
    for week in weeks_of(JANUARY, items):
        for lane in week.lanes:
            assert sum(bar.days for bar in lane) == 7
            day = 0
            for bar in lane:
                if bar.span:
                    shown += [(bar.span.item, week.days[day + more]) for more in range(bar.days)]
                day += bar.days
    first, last = days_shown(JANUARY)
    expected = [
        (span.item, span.first + dt.timedelta(day))
        for span in items
        for day in range((span.last - span.first).days + 1)
        if first <= span.first + dt.timedelta(day) <= last
    ]
    assert sorted(shown) == sorted(expected)
