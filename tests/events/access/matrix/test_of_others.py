"""Wagtail's and allauth's own addresses: a line for each kind, and nothing private in any answer."""

import pytest
from django.urls import NoReverseMatch, reverse

from events.access.roles import Role
from tests.events.access.two_events import CANARY

from .addresses import Address, addresses
from .knocking import Person
from .rules import rule_of_others, rules, rules_of_others
from .world import BIRD, CODE, PEOPLE, World, client_of, parts_of_others

pytestmark = [
    pytest.mark.django_db,
    # wagtail-localize pages its report without an order.
    pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results"),
]

FAILS = "wagtailadmin_error_test"
"""Wagtail's page that raises an error on purpose."""

LEFT_OUT = {Role.REGISTRAR, Role.FINANCE, Role.DOOR, "superuser"}
"""Wagtail knows who edits pages and who does not: the viewer stands for the latter. Superusers may all."""


def of_others() -> list[tuple[Address, str]]:
    """The addresses that are not ours, each with the pattern of its rule."""
    by_name = {each.name: each for each in addresses() if each.name not in (*rules(), FAILS)}
    found = [(each, rule_of_others(name)) for name, each in by_name.items()]
    return [(address, pattern) for address, pattern in found if pattern]


@pytest.mark.parametrize("person", [each for each in PEOPLE if each not in LEFT_OUT])
def test_who_gets_an_answer_and_nothing_private(world: World, person: str) -> None:
    somebody = Person(client_of(person, world))
    # The stranger edits pages as well, if not these.
    alike = Role.EDITOR if person == "stranger" else person
    known, wrong, leaks, opened = rules_of_others(), [], [], set()
    for address, pattern in of_others():
        answer = somebody.knock("get", _path(address, world))
        if answer.is_open is not False:
            opened.add(pattern)
            if alike not in known[pattern]:
                wrong.append(f"{address.name}: {answer}")
        if person not in ("superuser", "stranger"):
            leaks += [f"{address.name}: {word}" for word in answer.says((CANARY, CODE, f"{BIRD}."))]
    assert wrong == []
    assert leaks == []
    too_wide = {pattern for pattern, allowed in known.items() if person in allowed} - opened
    assert person == "stranger" or too_wide == set()


def _path(address: Address, world: World) -> str:
    try:
        return reverse(address.name, kwargs=parts_of_others(address, world.own))
    except NoReverseMatch:
        return "/admin/nothing/"
