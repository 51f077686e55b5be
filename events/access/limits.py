"""How often somebody may do what strangers can do: counted in a table, so that all workers count together."""

import time
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from django.db import connection
from django.utils.crypto import salted_hmac

from .models import Taken

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
    """Take one of the places that `whom` has left; raises `TooManyError` when there is none."""
    take_each((limit, whom))


def take_each(*takes: tuple[Limit, str]) -> None:
    """Take one place of each limit, or of none; raises `TooManyError` when one of them has none left.

    One statement, guarded as the counters of places are: who is refused by one limit takes nothing from the
    others, so that nobody shuts others out. Must run outside a transaction, which would hold the rows.
    """
    now = int(time.time())
    wanted = {_digest(limit, whom, now): limit for limit, whom in takes}
    rows = ", ".join(["(%s, %s)"] * len(wanted))
    full = " OR ".join(["(digest = %s AND taken >= %s)"] * len(wanted))
    table = Taken._meta.db_table  # noqa: SLF001
    statement = f"""
        INSERT INTO {table} (digest, taken, ends_at)
        SELECT column1, 1, column2 FROM (VALUES {rows}) AS wanted
        WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE {full})
        ON CONFLICT (digest) DO UPDATE SET taken = {table}.taken + 1
        RETURNING digest, taken
    """  # noqa: S608 - only our own names are spliced in
    ends = [value for digest, limit in wanted.items() for value in (digest, now + _left(limit, now))]
    most = [value for digest, limit in wanted.items() for value in (digest, limit.most)]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*ends, *most])
        taken = dict(cursor.fetchall())
    # Of two at the same moment, the second may have passed the guard and still be one too many.
    if not taken or any(count > wanted[digest].most for digest, count in taken.items()):
        raise TooManyError(max(_left(limit, now) for limit in wanted.values()))


def assert_left(limit: Limit, whom: str) -> None:
    """Raise `TooManyError` when `whom` has no place left; takes none."""
    now = int(time.time())
    if Taken.objects.filter(digest=_digest(limit, whom, now), taken__gte=limit.most).exists():
        raise TooManyError(_left(limit, now))


def forget_old_limits() -> int:
    """Delete what was counted in spans that are over; how many rows."""
    deleted, _by_model = Taken.objects.filter(ends_at__lt=int(time.time())).delete()
    return deleted


def client_network(address: str | None) -> str:
    """Whom an address stands for: itself, or with IPv6 its /64, of which one client has every address."""
    if address is None:
        return ""
    parsed = ip_address(address)
    return str(ip_network((parsed, _IPV6_PREFIX), strict=False)) if parsed.version == 6 else address


def _left(limit: Limit, now: int) -> int:
    """The seconds until the span that runs at `now` ends, at least one."""
    return limit.seconds - now % limit.seconds


def _digest(limit: Limit, whom: str, now: int) -> str:
    """What names the span that runs at `now`; it holds no address, which would be personal data."""
    span = now // limit.seconds
    return salted_hmac(_SALT, f"{limit.name}:{whom}:{span}", algorithm="sha256").hexdigest()
