"""Links that are a key: each opens its own row, and every other link gets one and the same answer."""

import uuid
from collections.abc import Callable, Iterator

import pytest
from django.db.models import F, Model

from events.access.signed_link import SignedLink
from events.delegations.link import DELEGATION
from events.delegations.models import Delegation
from events.registration import link
from events.registration.beginnings import Draft, PersonalInvitation
from events.registration.models import Registration
from tests.events.access.two_events import CANARY

from .addresses import Address, addresses
from .knocking import Answer, Person
from .rules import rules
from .world import BIRD, World, client_of, path_of, token

pytestmark = pytest.mark.django_db

NO_LINK = {"staff_invitation"}
"""Its links are of another make, which tests of the staff's invitations try."""
KINDS: tuple[SignedLink, ...] = (link.REGISTRATION, link.INVITATION, link.DRAFT, DELEGATION)
ROWS: dict[SignedLink, type[Model]] = {
    link.REGISTRATION: Registration,
    link.INVITATION: PersonalInvitation,
    link.DRAFT: Draft,
    DELEGATION: Delegation,
}
CANNOT_BE_REVOKED = {link.DRAFT}


@pytest.fixture
def anybody(world: World) -> Person:
    return Person(client_of("anonymous", world))


def behind_links() -> Iterator[Address]:
    """Every address that holds a link."""
    ours = (each for each in addresses() if each.name in rules() and each.name not in NO_LINK)
    return (each for each in ours if "token" in each.parts)


def kind_of(address: Address) -> SignedLink:
    """What links the address takes."""
    if "delegation" in address.name:
        return DELEGATION
    return {"register_saved": link.DRAFT, "register_invited": link.INVITATION}.get(
        address.name, link.REGISTRATION
    )


def with_link(address: Address, world: World, other: str) -> str:
    """The path of the own row with another link in it."""
    path, own = path_of(address, world.own), token(address.name, world.own)
    assert own in path, address
    return path.replace(own, other)


def wrong_links(address: Address, world: World) -> Iterator[str]:
    """Unknown, forged, of another kind, cut short, of another form, no link at all."""
    kind, own = kind_of(address), token(address.name, world.own)
    row = world.own[ROWS[kind]]
    yield kind.token_for(uuid.uuid4(), 0)
    yield own[:-1] + ("A" if own[-1] != "A" else "B")
    yield ("A" if own[0] != "A" else "B") + own[1:]
    yield from (other.token_for(row.public_id, 0) for other in KINDS if other is not kind)
    yield from (token(address.name, world.own)[:-4], f"{own}=", own.swapcase(), "x", "%F0%9F%90%A6")
    yield kind.token_for(row.public_id, 1)


def same(answer: Answer) -> tuple[int, str, str]:
    """All of an answer."""
    return answer.status, answer.location, answer.text


def test_every_link_that_opens_nothing_gets_the_same_answer(world: World, anybody: Person) -> None:
    tried = 0
    for address in behind_links():
        first: tuple[int, str, str] | None = None
        for other in wrong_links(address, world):
            for method in ("get", "post") if rules()[address.name].posts else ("get",):
                answer = anybody.knock(method, with_link(address, world, other))
                assert answer.status == 404, (address.name, other)
                assert other == "x" or other.lower() not in answer.text, (address.name, other)
                first = first or same(answer)
                assert same(answer) == first, (address.name, other)
                tried += 1
    assert tried > 300


def test_a_revoked_link_is_like_an_unknown_one(world: World, anybody: Person) -> None:
    for address in behind_links():
        kind, own = kind_of(address), token(address.name, world.own)
        if kind in CANNOT_BE_REVOKED:
            continue
        path = path_of(address, world.own)
        unknown = anybody.knock("get", with_link(address, world, kind.token_for(uuid.uuid4(), 0)))
        rows = ROWS[kind]._default_manager.filter(pk=world.own[ROWS[kind]].pk)
        rows.update(link_version=F("link_version") + 1)
        assert same(anybody.knock("get", path)) == same(unknown), address.name
        rows.update(link_version=F("link_version") - 1)
        assert own in path


def test_a_link_leads_to_nobody_else(world: World, anybody: Person) -> None:
    for address in behind_links():
        foreign = token(address.name, world.foreign)
        # The other event's link with the own event's code, person, document or file in the address.
        mixed = anybody.knock("get", with_link(address, world, foreign))
        assert not mixed.says([f"{BIRD}."]), address.name
        alone = anybody.knock("get", path_of(address, world.own))
        assert not alone.says([CANARY]), address.name
        if address.parts & {"reference", "public_id", "pk", "code"}:
            assert mixed.status == 404, address.name


def test_what_belongs_to_a_link_is_with_no_other(world: World, anybody: Person) -> None:
    unknown: Callable[[Address], str] = lambda each: kind_of(each).token_for(uuid.uuid4(), 0)  # noqa: E731
    for address in behind_links():
        if address.parts & {"reference", "public_id", "pk"}:
            mixed = anybody.knock("get", with_link(address, world, token(address.name, world.foreign)))
            nothing = anybody.knock("get", with_link(address, world, unknown(address)))
            assert same(mixed) == same(nothing), address.name
