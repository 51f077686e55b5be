"""Taking and giving back places: counters with a guard, never a count followed by an insert."""

from collections.abc import Mapping

from django.db.models import F, Q

from ..catalogue.watching import tell
from .models import Counter


class NoPlaceLeftError(Exception):
    """A counter is full. `category_full` says whether it was the category's own counter."""

    def __init__(self, *, category_full: bool) -> None:
        super().__init__("category full" if category_full else "event full")
        self.category_full = category_full


def take_place(*, event_id: int, category_id: int) -> None:
    """Take one place in the event's and the category's counters, as the last act of a transaction.

    Counters are taken in ascending primary key order, so that transactions never wait for each
    other in a circle. Raises `NoPlaceLeftError`; the caller's transaction must then be rolled back.
    """
    for counter in _counters(event_id, category_id):
        free = Q(capacity__isnull=True) | Q(taken__lt=F("capacity"))
        if not Counter.objects.filter(free, pk=counter.pk).update(taken=F("taken") + 1):
            raise NoPlaceLeftError(category_full=counter.category_id is not None)
        _tell_if_it_shows(counter, counter.taken + 1)


def give_place_back(*, event_id: int, category_id: int) -> None:
    """Give one place back, as the last act of a transaction."""
    for counter in _counters(event_id, category_id):
        Counter.objects.filter(pk=counter.pk, taken__gt=0).update(taken=F("taken") - 1)
        _tell_if_it_shows(counter, counter.taken - 1)


def give_places_back(*, event_id: int, by_category: Mapping[int, int]) -> None:
    """Give many places back, as the last act of a transaction; `by_category` counts them by primary key."""
    for counter in Counter.objects.filter(event_id=event_id).order_by("pk"):
        mine = by_category.get(counter.category_id, 0) if counter.category_id else sum(by_category.values())
        Counter.objects.filter(pk=counter.pk, taken__gte=mine).update(taken=F("taken") - mine)
    tell(event_id)


def _counters(event_id: int, category_id: int) -> list[Counter]:
    """The counters that a registration of this category counts in, locked as the update would, in order."""
    mine = Q(category__isnull=True) | Q(category_id=category_id)
    counters = Counter.objects.filter(mine, event_id=event_id).order_by("pk")
    return list(counters.select_for_update(no_key=True))


def _tell_if_it_shows(counter: Counter, taken: int) -> None:
    """Tell whoever shows the event when it is said to be full, or to have few places left, or no longer."""
    if _words(counter.capacity, counter.taken) != _words(counter.capacity, taken):
        tell(counter.event_id)


def _words(capacity: int | None, taken: int) -> tuple[bool, bool]:
    """Whether the places are all taken, and whether few are left (as `selectors.with_places` has it)."""
    if capacity is None:
        return False, False
    left = capacity - taken
    return left <= 0, left <= 5 or 10 * left <= capacity
