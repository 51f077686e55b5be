import datetime as dt

import pytest

from events.proposals.days import problem_with

TODAY = dt.date(2027, 3, 1)


@pytest.mark.parametrize(
    "first, last, problem",
    [
        ("2027-03-01", "2027-03-01", None),
        ("2026-02-28", "2026-03-01", None),
        ("2030-03-03", "2030-03-04", None),
        ("2027-03-01", "2028-03-01", None),
        (
            "2026-02-27",
            "2026-03-01",
            ("start_date", "The first day is more than a year ago. Check the year."),
        ),
        (
            "0001-01-01",
            "0001-01-01",
            ("start_date", "The first day is more than a year ago. Check the year."),
        ),
        (
            "9999-12-31",
            "9999-12-31",
            ("start_date", "The first day is more than three years ahead. Check the year."),
        ),
        (
            "2030-03-04",
            "2030-03-04",
            ("start_date", "The first day is more than three years ahead. Check the year."),
        ),
        ("2027-03-02", "2027-03-01", ("end_date", "The last day is before the first day.")),
        ("2027-03-01", "2028-03-02", ("end_date", "The event lasts more than a year. Check the last day.")),
    ],
)
def test_days(first, last, problem):
    days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    assert problem_with(*days, today=TODAY) == problem
