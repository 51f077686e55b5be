"""Every address, by GET and POST, for everybody, with the rows of the own and of a foreign event.

The words in all answers are gathered: none of another event may be among them, and of one's own event exactly
those that the table of secrets allows.
"""

from collections.abc import Iterator

import pytest

from events.access.roles import Role
from tests.events.access.two_events import CANARY

from .addresses import Address, addresses
from .knocking import Person
from .rules import Rule, people, rules
from .world import BIRD, CODE, MAIL, PEOPLE, PHONE, PRIVATE, World, client_of, path_of

pytestmark = pytest.mark.django_db

SECRETS = {
    MAIL:                           "-RF--",
    PHONE:                          "-RF--",
    f"{BIRD}.registration":         "-RFDV",
    f"{BIRD}.statechange":          "-RF-V",
    f"{BIRD}.funding":              "-RF-V",
    f"{BIRD}.note":                 "-RF--",
    f"{BIRD}.message":              "-RF--",
    f"{BIRD}.answer":               "-R---",
    f"{BIRD}.upload":               "-R---",
    f"{BIRD}.personalinvitation":   "-R---",
    f"{BIRD}.export":              "-R---",
    f"{BIRD}.mailing":              "-R---",
    f"{BIRD}.reminder":             "-R---",
}  # fmt: skip
"""Which private words of their event its team reads in all pages together; the other ones nobody does."""

WORDS = {MAIL, PHONE, *SECRETS, *(f"{BIRD}.{kind}" for kind in PRIVATE)}

OF_ALL_EVENTS = ("contactpoint:",)
"""Rows of no single event: a role in any event opens them."""

Found = tuple[list[str], list[str], set[str]]


def ours() -> Iterator[tuple[Address, Rule]]:
    """The addresses of our own, each with its rule."""
    known = rules()
    by_name = {address.name: address for address in addresses() if address.name in known}
    return ((address, known[name]) for name, address in by_name.items())


@pytest.mark.parametrize("person", PEOPLE)
def test_who_may_what_and_reads_what(world: World, person: str) -> None:
    somebody = Person(client_of(person, world))
    wrong, leaks, read = _with_own_rows(somebody, person, world)
    if person in Role.values:
        wrong += _with_foreign_rows(somebody, world, leaks)
    assert wrong == []
    assert leaks == []
    assert read == {word for word, roles in SECRETS.items() if person in people(roles)}


def _with_own_rows(somebody: Person, person: str, world: World) -> Found:
    """What was wrong, what leaked of the foreign event, and which private words were read."""
    wrong, leaks, read = [], [], set()
    for address, rule in ours():
        for method, allowed in _methods(person, rule):
            answer = somebody.knock(method, path_of(address, world.own))
            if answer.is_open != _expected(person, address, rule, allowed):
                wrong.append(f"{method} {address.name}: {answer}")
            if person not in ("superuser", "stranger"):
                leaks += [f"{method} {address.name}: {word}" for word in answer.says((CANARY, CODE))]
            if not rule.by_link:
                read |= answer.says(WORDS)
    return wrong, leaks, read


def _methods(person: str, rule: Rule) -> list[tuple[str, frozenset[str]]]:
    """What is tried: everybody reads; who posts depends on where the answers could differ.

    Where nobody may post, the mightiest and the least stand for all; where everybody may, one with an
    account and one without.
    """
    if not rule.posts:
        asked = {"superuser", "anonymous"}
    elif rule.by_role:
        asked = set(PEOPLE) - {"guest"} - ({"superuser"} if set(Role.values) & rule.posts else set())
    else:
        asked = {"anonymous", Role.VIEWER.value}
    reads, posts = ("get", rule.gets), ("post", rule.posts)
    return [reads, posts] if person in asked else [reads]


def _expected(person: str, address: Address, rule: Rule, allowed: frozenset[str]) -> bool:
    """Whether the person may with the row of the own event; the stranger may where no row is named."""
    if person != "stranger" or not rule.by_role:
        return person in allowed
    names_no_row = not address.parts or address.name.startswith(OF_ALL_EVENTS)
    return names_no_row and bool(allowed & set(Role.values))


def _with_foreign_rows(somebody: Person, world: World, leaks: list[str]) -> list[str]:
    """What opened of the other event. To post there is tried by the stranger, who has all roles at once."""
    wrong = []
    for address, rule in ours():
        if not address.parts or rule.by_link or address.name.startswith(OF_ALL_EVENTS):
            continue
        answer = somebody.knock("get", path_of(address, world.foreign))
        if rule.by_role and answer.is_open is not False:
            wrong.append(f"foreign {address.name}: {answer}")
        # Whoever asks for an address with the code in it knows the code.
        told = (CANARY,) if "code" in address.parts else (CANARY, CODE)
        leaks += [f"foreign {address.name}: {word}" for word in answer.says(told)]
    return wrong
