"""Who is asking: the client's address behind the proxies that we trust."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address of the client, or None when the connection has none (a Unix socket)."""
    return address_behind(
        request.META.get("REMOTE_ADDR", ""),
        request.META.get("HTTP_X_FORWARDED_FOR", ""),
        settings.TRUSTED_PROXIES,
    )


def address_behind(peer: str, forwarded_for: str, proxies: int) -> str | None:
    """The client's address: `proxies` entries back from the peer in X-Forwarded-For.

    Each proxy appends the address that it saw, so only the last `proxies` entries are ours; whatever
    stands before them the client may have written. An entry that is no address ends the way back: the
    last good one counts.
    """
    entries = [entry for entry in forwarded_for.split(",") if entry.strip()] if proxies else []
    address = _read(peer)
    for entry in reversed(entries[-proxies:]):
        before = _read(entry)
        if before is None:
            break
        address = before
    return str(address) if address else None


def _read(text: str) -> IPv4Address | IPv6Address | None:
    """An address as proxies write it: `192.0.2.1`, `192.0.2.1:443`, `2001:db8::1`, `[2001:db8::1]:443`."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address
