"""Reads of registrations: what the public, the person and the staff may see."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from ..access.signed_link import public_id_in
from ..catalogue.models import Category, Event
from ..catalogue.selectors import to_come
from . import link
from .models import Counter, Registration
from .states import HOLDS_PLACE, State


class Window(Enum):
    """Whether one can register for an event now."""

    NOT_PLANNED = "not planned"
    NOT_YET = "not yet"
    OPEN = "open"
    FULL = "full"
    CLOSED = "closed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Offer:
    """A category, and whether its places or the event's are all taken."""

    category: Category
    is_full: bool


def registration_window(
    event: Event, now: dt.datetime | None = None, known: list[Offer] | None = None
) -> Window:
    """The state of the event's registration at `now`. At most one query; none when its offers are known."""
    window = window_by_date(event, now)
    if window is not Window.OPEN:
        return window
    is_full = all(offer.is_full for offer in (offers(event) if known is None else known))
    return Window.FULL if is_full else Window.OPEN


def window_by_date(event: Event, now: dt.datetime | None = None) -> Window:
    """The same, whether or not a place is left: open, or why not. No query."""
    now = now or timezone.now()
    if event.state == Event.State.CANCELLED:
        return Window.CANCELLED
    if event.state == Event.State.POSTPONED:
        return Window.POSTPONED
    if event.state == Event.State.DRAFT or event.registration_opens_at is None:
        return Window.NOT_PLANNED
    if now < event.registration_opens_at:
        return Window.NOT_YET
    closes = event.registration_closes_at
    if (closes is not None and now >= closes) or event.is_over_at(now):
        return Window.CLOSED
    return Window.OPEN


def with_places(events: QuerySet[Event]) -> QuerySet[Event]:
    """Each event with `has_place`, in any category, and `few_left`: a tenth of its places or five at most."""
    free = Category.objects.filter(~_is_full(), event=OuterRef("pk"))
    few = Q(capacity__lte=F("taken") + 5) | Q(capacity__gte=10 * (F("capacity") - F("taken")))
    scarce = Counter.objects.filter(few, event=OuterRef("pk"), category=None, delegation=None)
    return events.annotate(has_place=Exists(free), few_left=Exists(scarce))


def window_of(event: Event, now: dt.datetime | None = None) -> Window:
    """The state of registration of an event that came by `with_places`. No query: for lists."""
    window = window_by_date(event, now)
    if window is Window.OPEN and not event.has_place:  # type: ignore[attr-defined] # annotated
        return Window.FULL
    return window


def offers(event: Event) -> list[Offer]:
    """Every category of the event in order. One query."""
    categories = event.categories.annotate(is_full=_is_full()).order_by("position", "pk")
    return [Offer(category, is_full=category.is_full) for category in categories]


def _is_full() -> Exists:
    """For a query of categories: whether the category's own counter or its event's has no place left."""
    either = Q(category=OuterRef("pk")) | Q(event=OuterRef("event"), category__isnull=True)
    return Exists(Counter.objects.filter(either, delegation=None, capacity__lte=F("taken")))


def open_categories(event: Event) -> list[Category]:
    """The categories in which a place is left, in order; none when the event itself is full."""
    return [offer.category for offer in offers(event) if not offer.is_full]


def registration_by_token(token: str) -> Registration | None:
    """The registration whose current personal link holds `token`, or None."""
    public_id = public_id_in(token)
    if public_id is None:
        return None
    registration = _with_answers().filter(public_id=public_id).first()
    if registration is None or not link.REGISTRATION.is_valid(token, public_id, registration.link_version):
        return None
    return registration


def registration_by_id(pk: int) -> Registration:
    """The registration with all that a mail tells. Raises `Registration.DoesNotExist`."""
    return _with_answers().get(pk=pk)


def _with_answers() -> QuerySet[Registration]:
    return Registration.objects.select_related("event__family", "category", "country", "rppo", "nationality")


def registration_by_reference(event: Event, reference: str) -> Registration | None:
    """The registration of this event with `reference`, or None."""
    return event.registrations.select_related("category").filter(reference=reference).first()


def counts_by_state() -> dict[str, int]:
    """How many registrations are in each state, all events together. One query."""
    counted = Registration.objects.order_by().values_list("state").annotate(Count("pk"))
    return dict.fromkeys(State.values, 0) | dict(counted)


def people_by_language(event: Event) -> dict[str, int]:
    """How many people with a place in the event read each language. One query."""
    held = event.registrations.filter(state__in=HOLDS_PLACE).order_by()
    return dict(held.values_list("language").annotate(Count("pk")))


def standing_of(event: Event) -> dict[str, int]:
    """How many have a place (`held`), wait (`pending`), were `asked` if they come, and do. One query."""
    return event.registrations.filter(state__in=HOLDS_PLACE).aggregate(
        held=Count("pk"),
        pending=Count("pk", filter=Q(state=State.PENDING)),
        asked=Count("pk", filter=Q(reconfirm_asked_at__isnull=False)),
        reconfirmed=Count("pk", filter=Q(reconfirmed_at__isnull=False)),
    )


def waiting_in(registrations: QuerySet[Registration]) -> QuerySet[Event]:
    """The events to come of these registrations, each with how many are `registered` and `waiting`."""
    held = Count("registrations", filter=Q(registrations__state__in=HOLDS_PLACE))
    pending = Count("registrations", filter=Q(registrations__state=State.PENDING))
    mine = Event.objects.filter(
        to_come(timezone.now().date()), pk__in=registrations.order_by().values("event")
    )
    return mine.annotate(registered=held, waiting=pending).order_by("start_date", "pk")
