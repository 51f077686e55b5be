"""The client's address behind proxies."""

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from site_cms.client import address_behind, client_address

PEER = "10.0.0.9"


@pytest.mark.parametrize(
    "peer, forwarded_for, proxies, client",
    [
        ("192.0.2.1", "", 0, "192.0.2.1"),
        ("192.0.2.1", "203.0.113.5", 0, "192.0.2.1"),
        (PEER, "203.0.113.5", 1, "203.0.113.5"),
        (PEER, "198.51.100.7, 203.0.113.5", 1, "203.0.113.5"),
        (PEER, "198.51.100.7, 203.0.113.5, 10.0.0.8", 2, "203.0.113.5"),
        (PEER, "203.0.113.5", 2, "203.0.113.5"),
        (PEER, "", 1, PEER),
        (PEER, "unknown", 1, PEER),
        (PEER, "203.0.113.5, nonsense", 2, PEER),
        (PEER, "nonsense, 10.0.0.8", 2, "10.0.0.8"),
        (PEER, "203.0.113.5:51234", 1, "203.0.113.5"),
        (PEER, "[2001:db8::1]:443", 1, "2001:db8::1"),
        (PEER, "2001:DB8:0::1", 1, "2001:db8::1"),
        (PEER, "::ffff:203.0.113.5", 1, "203.0.113.5"),
        ("", "", 0, None),
        ("", "203.0.113.5", 1, "203.0.113.5"),
    ],
)
def test_the_address(peer: str, forwarded_for: str, proxies: int, client: str | None) -> None:
    assert address_behind(peer, forwarded_for, proxies) == client


@given(st.text(max_size=80), st.integers(0, 3))
def test_what_a_client_writes_before_our_proxies_changes_nothing(forged: str, proxies: int) -> None:
    ours = ["203.0.113.5", "10.0.0.7", "10.0.0.8"][:proxies]
    header = ",".join([forged.replace(",", " "), *ours])
    assert address_behind(PEER, header, proxies) == (ours[0] if ours else PEER)


def test_the_address_of_a_request(rf: RequestFactory, settings: object) -> None:
    request = rf.get("/", REMOTE_ADDR=PEER, headers={"X-Forwarded-For": "203.0.113.5"})
    assert client_address(request) == PEER
    settings.TRUSTED_PROXIES = 1
    assert client_address(request) == "203.0.113.5"


@pytest.mark.django_db
def test_failed_sign_ins_are_counted_by_the_clients_address(rf: RequestFactory, settings: object) -> None:
    from axes.helpers import get_client_ip_address

    settings.TRUSTED_PROXIES = 1
    request = rf.post("/", REMOTE_ADDR=PEER, headers={"X-Forwarded-For": "198.51.100.7, 203.0.113.5"})
    assert get_client_ip_address(request) == "203.0.113.5"
