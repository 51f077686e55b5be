from concurrent.futures import ThreadPoolExecutor

import pytest

from events.access import limits
from events.access.limits import (
    Limit,
    TooManyError,
    assert_left,
    client_network,
    forget_old_limits,
    take,
    take_each,
)
from events.access.models import Taken
from tests.live import Site

pytestmark = pytest.mark.django_db
LIMIT = Limit("test", most=3, seconds=3600)


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands at 100 seconds before the full hour."""
    now = [1_800_000_000.0 // 3600 * 3600 + 3500]
    monkeypatch.setattr(limits.time, "time", lambda: now[0])
    return now


def test_the_limit_is_reached_exactly(clock):
    for _ in range(3):
        assert_left(LIMIT, "a")
        take(LIMIT, "a")
    with pytest.raises(TooManyError) as refused:
        take(LIMIT, "a")
    assert refused.value.retry_after == 100
    with pytest.raises(TooManyError):
        assert_left(LIMIT, "a")


def test_each_has_a_limit_of_their_own_and_so_has_each_act(clock):
    for _ in range(3):
        take(LIMIT, "a")
    take(LIMIT, "b")
    take(Limit("another", most=3, seconds=3600), "a")


def test_the_next_span_begins_with_all_places(clock):
    for _ in range(3):
        take(LIMIT, "a")
    clock[0] += 100
    for _ in range(3):
        take(LIMIT, "a")


def test_one_of_several_limits_is_enough_and_the_others_lose_nothing(clock):
    narrow, wide = Limit("narrow", most=1, seconds=60), Limit("wide", most=3, seconds=3600)
    take_each((narrow, "a"), (wide, "all"))
    for _ in range(5):
        with pytest.raises(TooManyError):
            take_each((narrow, "a"), (wide, "all"))
    take_each((narrow, "b"), (wide, "all"))
    take_each((narrow, "c"), (wide, "all"))
    with pytest.raises(TooManyError) as refused:
        take_each((narrow, "d"), (wide, "all"))
    assert refused.value.retry_after == 100
    take(narrow, "d")


def test_any_number_of_limits_is_one_statement(django_assert_num_queries):
    limits = [(Limit(name, most=300, seconds=3600), "a") for name in "abc"]
    for _ in range(3):
        with django_assert_num_queries(1):
            take_each(*limits)


def test_what_is_over_is_forgotten(clock):
    take(LIMIT, "a")
    assert forget_old_limits() == 0
    clock[0] += 200
    assert (forget_old_limits(), Taken.objects.count()) == (1, 0)


TAKING = """
from events.access.limits import Limit, TooManyError, take
for _ in range(10):
    try:
        take(Limit("test", most=3, seconds=10**9), "a")
        print("in")
    except TooManyError:
        print("out")
"""


@pytest.mark.xdist_group("live")
def test_forty_at_once_get_three_places(live_database, tmp_path):
    site = Site(live_database, tmp_path)
    with ThreadPoolExecutor(4) as four:
        said = four.map(lambda _number: site.manage("shell", "-v", "0", "-c", TAKING), range(4))
        words = " ".join(said).split()
    assert (words.count("in"), words.count("out")) == (3, 37)


def test_the_table_holds_no_address(clock):
    take(LIMIT, "192.0.2.1")
    assert "192.0.2.1" not in str(list(Taken.objects.values_list()))


@pytest.mark.parametrize(
    "address, whom",
    [
        (None, ""),
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
    ],
)
def test_a_client_with_ipv6_is_its_network(address, whom):
    assert client_network(address) == whom
