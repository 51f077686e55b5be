import threading

import pytest

from events.access import limits
from events.access.limits import Limit, TooManyError, assert_left, client_network, take

LIMIT = Limit("test", most=3, seconds=3600)


@pytest.fixture(autouse=True)
def own_cache(settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"}
    }
    from django.core.cache import cache

    cache.clear()


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


def test_forty_at_once_get_three_places():
    outcomes = []
    barrier = threading.Barrier(40)

    def attempt():
        barrier.wait()
        try:
            take(LIMIT, "a")
            outcomes.append("in")
        except TooManyError:
            outcomes.append("out")

    threads = [threading.Thread(target=attempt) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (outcomes.count("in"), outcomes.count("out")) == (3, 37)


def test_the_cache_holds_no_address(clock):
    from django.core.cache import cache

    take(LIMIT, "192.0.2.1")
    assert "192.0.2.1" not in repr(cache._cache)


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
