"""Taking and giving back places: counters with a guard, never a count followed by an insert."""

from collections.abc import Collection, Mapping

from django.db.models import F, Q

from ..catalogue.watching import tell
from .models import Counter


class NoPlaceLeftError(Exception):
    """A counter is full: the event's, or one of the category, of the delegation, or of both."""

    def __init__(self, *, category_full: bool, delegation_full: bool = False) -> None:
        whose = [
            name for name, full in (("category", category_full), ("delegation", delegation_full)) if full
        ]
        super().__init__(f"{' of '.join(whose) or 'event'} full")
        self.category_full = category_full
        self.delegation_full = delegation_full


def take_place(*, event_id: int, category_id: int, delegation_id: int | None = None) -> None:
    """Take one place in every counter that it counts in, as the last act of a transaction.

    Raises `NoPlaceLeftError`; the caller's transaction must then be rolled back.
    """
    take_places(event_id=event_id, categories={category_id: 1}, delegation_id=delegation_id)


def take_places(*, event_id: int, categories: Mapping[int, int], delegation_id: int | None = None) -> None:
    """Take many places, of one delegation or of none, as the last act of a transaction: all of them or none.

    `categories` says how many in the category of each primary key. Counters are taken in ascending primary
    key order, so that transactions never wait for each other in a circle. Raises `NoPlaceLeftError` as
    `take_place`.
    """
    for counter in _counters(event_id, categories, delegation_id):
        wanted = sum(
            count for category, count in categories.items() if counter.category_id in {None, category}
        )
        free = Q(capacity__isnull=True) | Q(taken__lte=F("capacity") - wanted)
        if not Counter.objects.filter(free, pk=counter.pk).update(taken=F("taken") + wanted):
            raise NoPlaceLeftError(
                category_full=counter.category_id is not None,
                delegation_full=counter.delegation_id is not None,
            )
        _tell_if_it_shows(counter, counter.taken + wanted)


def give_place_back(*, event_id: int, category_id: int, delegation_id: int | None = None) -> None:
    """Give one place back, as the last act of a transaction."""
    for counter in _counters(event_id, [category_id], delegation_id):
        Counter.objects.filter(pk=counter.pk, taken__gt=0).update(taken=F("taken") - 1)
        _tell_if_it_shows(counter, counter.taken - 1)


Place = tuple[int, int | None]
"""Where somebody has a place: the category's and the delegation's primary key."""


def give_places_back(*, event_id: int, places: Mapping[Place, int]) -> None:
    """Give many places back, as the last act of a transaction."""
    for counter in Counter.objects.filter(event_id=event_id).order_by("pk"):
        mine = sum(
            count
            for (category, delegation), count in places.items()
            if counter.category_id in {None, category} and counter.delegation_id in {None, delegation}
        )
        if mine:
            Counter.objects.filter(pk=counter.pk, taken__gte=mine).update(taken=F("taken") - mine)
    tell(event_id)


def _counters(event_id: int, categories: Collection[int], delegation_id: int | None) -> list[Counter]:
    """The counters that registrations count in, locked in order: event, category, delegation, and both.

    Locked as their update locks them, so that what is read is what is changed.
    """
    of_category = Q(category__isnull=True) | Q(category_id__in=categories)
    of_delegation = Q(delegation__isnull=True) | Q(delegation_id=delegation_id)
    mine = Counter.objects.filter(of_category, of_delegation, event_id=event_id)
    return list(mine.order_by("pk").select_for_update(no_key=True))


def _tell_if_it_shows(counter: Counter, taken: int) -> None:
    """Tell whoever shows the event when it is said to be full, or to have few places left, or no longer."""
    is_public = counter.delegation_id is None
    if is_public and _words(counter.capacity, counter.taken) != _words(counter.capacity, taken):
        tell(counter.event_id)


def _words(capacity: int | None, taken: int) -> tuple[bool, bool]:
    """Whether the places are all taken, and whether few are left (as `selectors.with_places` has it)."""
    if capacity is None:
        return False, False
    left = capacity - taken
    return left <= 0, left <= 5 or 10 * left <= capacity
