import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.outbox.retries import MAX_ATTEMPTS, delay


@pytest.mark.parametrize(
    "attempts, minutes", [(1, 1), (2, 2), (3, 4), (8, 128), (9, 240), (10, 240), (MAX_ATTEMPTS, 240)]
)
def test_each_wait_is_twice_the_one_before_up_to_four_hours(attempts: int, minutes: int) -> None:
    assert delay(attempts, 0.5) == dt.timedelta(minutes=minutes)


@given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
def test_the_spread_is_a_fifth_either_way(attempts: int, chance: float) -> None:
    middle = delay(attempts, 0.5)
    assert 0.8 * middle <= delay(attempts, chance) <= 1.2 * middle


def test_all_attempts_together_outlast_a_weekend() -> None:
    total = sum((delay(attempts, 0.5) for attempts in range(1, MAX_ATTEMPTS)), dt.timedelta())
    assert dt.timedelta(days=2) < total < dt.timedelta(days=4)
