"""How often somebody may do what strangers can do: counted on the cache that all workers share."""

import time
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from django.core.cache import cache
from django.utils.crypto import salted_hmac

_SALT = "events.access.limits"
_IPV6_PREFIX = 64


class TooManyError(Exception):
    """The limit is reached; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times in each span of `seconds`; a span begins when the clock is a multiple of it."""

    name: str
    most: int
    seconds: int


def take(limit: Limit, whom: str) -> None:
    """Take one of the places that `whom` has left; raises `TooManyError` when there is none.

    Each place is a key of its own, which `add` gives to one taker only: a counter would be read and
    written by two workers at once. The span is part of the key, so a key is never used again.
    """
    span, left = _span(limit)
    keys = _keys(limit, whom, span)
    taken = cache.get_many(keys)
    if not any(cache.add(key, 1, limit.seconds) for key in keys if key not in taken):
        raise TooManyError(left)


def assert_left(limit: Limit, whom: str) -> None:
    """Raise `TooManyError` when `whom` has no place left; takes none."""
    span, left = _span(limit)
    if len(cache.get_many(_keys(limit, whom, span))) == limit.most:
        raise TooManyError(left)


def client_network(address: str | None) -> str:
    """Whom an address stands for: itself, or with IPv6 its /64, of which one client has every address."""
    if address is None:
        return ""
    parsed = ip_address(address)
    return str(ip_network((parsed, _IPV6_PREFIX), strict=False)) if parsed.version == 6 else address


def _span(limit: Limit) -> tuple[int, int]:
    """The number of the span that runs now, and the seconds until it ends (at least one)."""
    now = int(time.time())
    return now // limit.seconds, limit.seconds - now % limit.seconds


def _keys(limit: Limit, whom: str, span: int) -> list[str]:
    """The keys of all places; they hold no address, which would be personal data."""
    digest = salted_hmac(_SALT, f"{limit.name}:{whom}", algorithm="sha256").hexdigest()
    return [f"limit:{digest}:{span}:{place}" for place in range(limit.most)]
