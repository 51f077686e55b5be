"""What a contact point does to people: nominate, withdraw, rank; each all or none."""

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from ...catalogue.models import Category, Event
from ...delegations.models import Delegation
from ...once.services import Outcome, body_hash, run_once
from ...payments.pricing import price_for
from ...registration.models import Registration
from ...registration.places import take_places
from ...registration.quotas import open_counters
from ...registration.services import CONTACT, NOMINATED, register
from ...registration.states import HOLDS_PLACE
from ...registration.telling import tell
from ...typed.names import fold
from ..substitute import substitute
from ..withdraw import withdraw as end
from .standing import Standing, standing_of, why_closed

Role = Registration.DelegationRole


@dataclass(frozen=True, slots=True)
class Nominee:
    """A person as the contact point names them."""

    role: str
    category: Category
    name: str
    email: str
    function: str
    language: str


class ClosedError(Exception):
    """Nobody can be nominated now; the text says why."""


class HeadTakenError(Exception):
    """The delegation has a head already."""


class AlreadyNominatedError(Exception):
    """Some of the addresses are those of people who are nominated already."""

    def __init__(self, addresses: frozenset[str]) -> None:
        super().__init__(len(addresses))
        self.addresses = addresses


def nominate(*, delegation: Delegation, people: Sequence[Nominee], key: str) -> Outcome:
    """Nominate all of `people`, or none: each holds a place at once and is asked to confirm their data.

    Once for this key; the outcome's result is how many. Raises `ClosedError`, `HeadTakenError`,
    `AlreadyNominatedError`, `NoPlaceLeftError` and `KeyReusedError`.
    """

    def act() -> str:
        locked = _locked(delegation)
        open_counters(event=locked.event, delegations=[locked])
        standing = standing_of(locked)
        _assert_possible(standing, people)
        for person in people:
            tell(_register(locked, person))
        take_places(
            event_id=locked.event_id,
            categories=Tally(person.category.pk for person in people),
            delegation_id=locked.pk,
        )
        _insist_on_announced(locked.event)
        return str(len(people))

    return run_once(
        key=key,
        actor=actor_of(delegation),
        address="delegation:nominate",
        body=body_hash({"people": [_meaning(person) for person in people]}),
        act=act,
        expected=str(len(people)),
    )


def replace(
    *, delegation: Delegation, registration: Registration, name: str, email: str, language: str, key: str
) -> Outcome:
    """Nominate another person to the place of `registration`; the outcome's result is their reference.

    Raises `ClosedError`, `AlreadyNominatedError`, `NotAllowedError` and `KeyReusedError`.
    """

    def act() -> str:
        locked = _locked(delegation)
        standing = standing_of(locked)
        if standing.closed:
            raise ClosedError(standing.closed)
        _assert_new(standing, [email])
        successor = substitute(
            registration=registration, name=name, email=email, language=language, actor=CONTACT
        )
        return successor.reference

    body = body_hash({"replaced": registration.pk, "name": name, "email": email, "language": language})
    return run_once(key=key, actor=actor_of(delegation), address="delegation:replace", body=body, act=act)


def withdraw(*, registration: Registration) -> Registration:
    """End a nomination for the contact point; the place is free again. A second time changes nothing.

    Raises `NotAllowedError` when it has ended in another way.
    """
    return end(registration=registration, actor=CONTACT)


@transaction.atomic
def rank(*, delegation: Delegation, ranks: Mapping[str, int]) -> None:
    """Rank for funding those whose reference is in `ranks`, 1 first; all others have no rank."""
    locked = _locked(delegation)
    mine = locked.registrations.filter(state__in=HOLDS_PLACE).select_for_update().order_by("pk")
    for registration in mine:
        wanted = ranks.get(registration.reference)
        if registration.funding_rank != wanted:
            registration.funding_rank = wanted
            registration.save(update_fields=["funding_rank", "updated_at"])


def actor_of(delegation: Delegation) -> str:
    """Who acts, for the keys that make a form act once."""
    return f"delegation:{delegation.public_id.hex}"


def _locked(delegation: Delegation) -> Delegation:
    """The delegation, in which nobody else nominates until the transaction ends."""
    rows = Delegation.objects.select_related("event__family", "country", "rppo")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=delegation.pk)


def _assert_possible(standing: Standing, people: Sequence[Nominee]) -> None:
    if standing.closed:
        raise ClosedError(standing.closed)
    offered = {category.pk for category in standing.categories}
    if not people or any(person.category.pk not in offered for person in people):
        raise ClosedError
    _assert_new(standing, [person.email for person in people])


def _assert_new(standing: Standing, emails: Sequence[str]) -> None:
    """Refuse whoever is in the delegation, or twice among the new ones."""
    folded = Tally(fold(email) for email in emails)
    repeated = {address for address, count in folded.items() if count > 1 or address in standing.addresses}
    if repeated:
        raise AlreadyNominatedError(frozenset(repeated))


def _register(delegation: Delegation, person: Nominee) -> Registration:
    answers = {
        "name": person.name,
        "email": person.email,
        "function": person.function,
        "language": person.language,
        "representing": "country" if delegation.country_id else "rppo",
        "country": delegation.country,
        "rppo": None if delegation.country_id else delegation.rppo,
        "delegation": delegation,
        "delegation_role": person.role,
    }
    try:
        with transaction.atomic():
            return register(
                event=delegation.event,
                category=person.category,
                answers=answers,
                price=price_for(person.category),
                beginning=NOMINATED,
            )
    except IntegrityError:
        if person.role == Role.HEAD and standing_of(delegation).has_head:
            raise HeadTakenError from None
        raise


def _insist_on_announced(event: Event) -> None:
    """Refuse what came in while the event was being postponed or cancelled, as confirming does."""
    event.refresh_from_db(fields=["state"])
    if event.state != Event.State.ANNOUNCED:
        raise ClosedError(why_closed(event, None, timezone.now(), is_offered=True))


def _meaning(person: Nominee) -> list[object]:
    return [person.role, person.category.pk, person.name, person.email, person.function, person.language]
