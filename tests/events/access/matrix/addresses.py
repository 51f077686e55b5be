"""Every address of the site, read out of the URL configuration."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern


@dataclass(frozen=True, slots=True)
class Address:
    """One address: its name with its namespaces (its route where it has none), and the parts it needs."""

    name: str
    route: str
    parts: frozenset[str]

    @property
    def namespace(self) -> str:
        """The first namespace, "" without one."""
        return self.name.rpartition(":")[0].split(":")[0]


@cache
def addresses() -> tuple[Address, ...]:
    """All of them, in the order in which Django tries them."""
    return tuple(_walk(get_resolver(), Address("", "/", frozenset())))


def _walk(resolver: URLResolver, above: Address) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = above.route + _route(pattern)
        parts = above.parts | _parts(pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{above.name}{pattern.namespace}:" if pattern.namespace else above.name
            yield from _walk(pattern, Address(inner, route, parts))
        else:
            name = f"{above.name}{pattern.name}" if pattern.name else route
            yield Address(name, route, parts)


def _route(pattern: URLPattern | URLResolver) -> str:
    return "" if isinstance(pattern.pattern, LocalePrefixPattern) else str(pattern.pattern)


def _parts(pattern: URLPattern | URLResolver) -> frozenset[str]:
    if isinstance(pattern.pattern, LocalePrefixPattern):
        return frozenset()
    return frozenset(pattern.pattern.regex.groupindex) | frozenset(pattern.pattern.converters)
