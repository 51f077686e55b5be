"""The places of delegations: counters of their own beside those of the event and its categories."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from ..catalogue.models import Category, Event
from ..delegations.models import Delegation
from .models import Counter, Registration
from .services import hold_places
from .states import HOLDS_PLACE


class TooFewError(Exception):
    """More places are taken than there would be."""

    def __init__(self, delegation: Delegation, category: Category, taken: int) -> None:
        super().__init__(f"{taken} taken")
        self.delegation = delegation
        self.category = category
        self.taken = taken


@dataclass(frozen=True, slots=True)
class Quota:
    """How one delegation stands in one category. None: without limit.

    `places` are the delegation's own; `left` also counts what the category and the event have left.
    """

    category: Category
    places: int | None
    taken: int
    left: int | None


@dataclass(frozen=True, slots=True)
class Quotas:
    """How a delegation stands in all categories; `left` is over all of them together."""

    of_categories: list[Quota]
    left: int | None

    def of(self, category_id: int) -> Quota | None:
        """In this category."""
        return next((quota for quota in self.of_categories if quota.category.pk == category_id), None)


@transaction.atomic
def open_counters(*, event: Event, delegations: Sequence[Delegation]) -> None:
    """Count in each delegation over all, and in each category with its places for a delegation.

    What counts already is left alone. Asked also before each nomination, since a category may be newer
    than the delegation: so nobody is ever in one without its counter, and a new one begins at nothing.
    """
    wanted = [None, *event.categories.order_by("pk")]
    there = set(Counter.objects.filter(delegation__in=delegations).values_list("delegation", "category"))
    Counter.objects.bulk_create(
        (
            Counter(
                event=event,
                delegation=delegation,
                category=category,
                capacity=category.delegation_places if category else None,
            )
            for delegation in delegations
            for category in wanted
            if (delegation.pk, category.pk if category else None) not in there
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def set_places(
    *, event: Event, delegations: Sequence[Delegation], places: Mapping[Category, int | None]
) -> None:
    """Give each of the event's delegations these places in these categories; None means without limit.

    Raises `TooFewError` for the first in which more are taken already; nothing is changed then.
    """
    hold_places(event=event)
    kept = {
        (counter.delegation_id, counter.category_id): counter
        for counter in Counter.objects.filter(delegation__in=delegations, category__in=places)
    }
    taken = _taken(delegations)
    for delegation in sorted(delegations, key=lambda one: one.pk):
        for category, capacity in places.items():
            held = taken.get((delegation.pk, category.pk), 0)
            if capacity is not None and held > capacity:
                raise TooFewError(delegation, category, held)
            counter = kept.get((delegation.pk, category.pk)) or Counter(
                event=event, delegation=delegation, category=category, taken=held
            )
            counter.capacity = capacity
            counter.save(update_fields=["capacity"] if counter.pk else None)


def _taken(delegations: Sequence[Delegation]) -> dict[tuple[int, int], int]:
    """How many places the delegations hold, by delegation and category. One query."""
    held = Registration.objects.filter(delegation__in=delegations, state__in=HOLDS_PLACE).order_by()
    counted = held.values_list("delegation", "category").annotate(Count("pk"))
    return {(delegation, category): count for delegation, category, count in counted}


def quotas_of(delegation: Delegation, categories: Sequence[Category]) -> Quotas:
    """How the delegation stands in these categories of its event. One query."""
    counters = list(_counters_of(delegation))
    own = {counter.category_id: counter for counter in counters if counter.delegation_id}
    common = {counter.category_id: counter for counter in counters if not counter.delegation_id}
    of_categories = []
    for category in categories:
        mine = own.get(category.pk) or Counter(capacity=category.delegation_places)
        limits = (mine, own.get(None), common.get(category.pk), common.get(None))
        of_categories.append(Quota(category, mine.capacity, mine.taken, _least(*limits)))
    return Quotas(of_categories, _least(own.get(None), common.get(None)))


def _counters_of(delegation: Delegation) -> QuerySet[Counter]:
    mine = Q(delegation=None) | Q(delegation=delegation)
    return Counter.objects.filter(mine, event_id=delegation.event_id)


def _least(*counters: Counter | None) -> int | None:
    """The fewest places that any of the counters has left."""
    left = [each.capacity - each.taken for each in counters if each and each.capacity is not None]
    return min(left) if left else None
