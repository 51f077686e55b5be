"""The waiting list of a category: offers of the places that get free, each with an end (ADR 63).

Whoever is offered a place holds it until the offer ends, so nobody else can be given it meanwhile.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from ..catalogue.models import Category, Event
from ..catalogue.watching import tell
from .models import Registration
from .places import NoPlaceLeftError
from .selectors import has_place, in_line, next_in_line
from .services import CLOCK, Actor, change_state
from .states import NotAllowedError, State, Transition
from .telling import tell_change
from .windows import notice_ends


class OfferEndedError(Exception):
    """The offer's time is over; the clock gives the place to the next."""


def offer_next(*, category: Category) -> Registration | None:
    """Offer a place to whoever has waited longest in the category; None when nobody waits or none is free.

    One transaction for each try: nobody else's act waits for it.
    """
    now = timezone.now()
    while head := in_line(category).first():
        if head.event.state != Event.State.ANNOUNCED or now >= notice_ends(head.event, category):
            return None
        if not has_place(category):
            return None
        try:
            return offer(registration=head, actor=CLOCK)
        except NotAllowedError:
            continue
        except NoPlaceLeftError:
            return None
    return None


def offer_places(*, event_id: int) -> int:
    """Offer every free place of the event, in the order in which people wait in any category; how many."""
    offered, done = 0, set[int]()
    while head := next_in_line(event_id, without=done):
        if offer_next(category=head.category):
            offered += 1
        else:
            done.add(head.category_id)
    return offered


def offer_freed(*, event_id: int) -> None:
    """Offer what gets free by the running transaction as soon as it is done.

    What goes wrong there is logged and undoes nothing: the clock offers within a minute.
    """

    # Named, not a partial: Django's log of what goes wrong asks for its name.
    def offer_now() -> None:
        offer_places(event_id=event_id)

    transaction.on_commit(offer_now, robust=True)


@transaction.atomic
def offer(*, registration: Registration, actor: Actor, reason: str = "") -> Registration:
    """Offer a place to somebody who waits, and write to them.

    Raises `NotAllowedError` when they do not wait (any more) or the event has no days to come for, and
    `NoPlaceLeftError`.
    """
    offered = change_state(registration=registration, transition=Transition.OFFER, actor=actor, reason=reason)
    if offered.event.state != Event.State.ANNOUNCED or offered.event.is_over:
        raise NotAllowedError("offer")
    offered.offer_expires_at = _end_of_offer(offered)
    offered.save(update_fields=["offer_expires_at", "updated_at"])
    tell_change(offered)
    # Where nobody waits any more, the event's page offers registration again.
    tell(offered.event_id)
    return offered


def _end_of_offer(registration: Registration) -> dt.datetime:
    """After the category's hours, at the end of the event's last day at the latest."""
    event = registration.event
    last = dt.datetime.combine(event.end_date + dt.timedelta(days=1), dt.time(), tzinfo=event.tz)
    return min(timezone.now() + dt.timedelta(hours=registration.category.offer_hours), last)


@transaction.atomic
def accept_offer(*, registration: Registration, actor: Actor) -> Registration:
    """Take the offered place: confirmed, or waiting for approval where the Secretariat approves.

    Raises `OfferEndedError` when its time is over and `NotAllowedError` when none is open.
    """
    held = Registration.objects.select_for_update().select_related("event").get(pk=registration.pk)
    if held.state == State.OFFERED and has_ended(held):
        raise OfferEndedError
    return change_state(registration=held, transition=Transition.ACCEPT, actor=actor)


def has_ended(registration: Registration) -> bool:
    """Whether the time of an open offer is over. It stands still while the event waits for new dates."""
    ends = registration.offer_expires_at
    return ends is not None and timezone.now() >= ends and registration.event.state == Event.State.ANNOUNCED


@transaction.atomic
def lapse(*, registration: Registration) -> Registration:
    """End an offer that nobody accepted, and say so. Raises `NotAllowedError` when none is open."""
    lapsed = change_state(registration=registration, transition=Transition.LAPSE, actor=CLOCK)
    tell_change(lapsed)
    offer_freed(event_id=lapsed.event_id)
    return lapsed


def lapse_offers() -> int:
    """End every offer whose time is over; how many. Each in a transaction of its own."""
    over = Registration.objects.filter(
        state=State.OFFERED, offer_expires_at__lte=timezone.now(), event__state=Event.State.ANNOUNCED
    )
    lapsed = 0
    for registration in over.order_by("offer_expires_at", "pk"):
        try:
            lapse(registration=registration)
        except NotAllowedError:
            continue
        lapsed += 1
    return lapsed


def go_on_with_waiting_lists() -> int:
    """For the clock: end what is over, then offer what is free; how many places were offered."""
    lapse_offers()
    events = Registration.objects.filter(state=State.WAITING).order_by().values_list("event", flat=True)
    return sum(offer_places(event_id=event) for event in events.distinct())


@transaction.atomic
def move_to_front(*, registration: Registration, actor: Actor, reason: str) -> Registration:
    """Let somebody who waits be the next of the category. Raises `NotAllowedError` when they do not wait."""
    moved = change_state(registration=registration, transition=Transition.ADVANCE, actor=actor, reason=reason)
    first = in_line(moved.category).first()
    if first and first.pk != moved.pk and first.waiting_since:
        moved.waiting_since = first.waiting_since - dt.timedelta(milliseconds=1)
        moved.save(update_fields=["waiting_since", "updated_at"])
    return moved


@transaction.atomic
def renew_offers(*, event: Event) -> int:
    """Give every open offer of the event its full time again, for new dates; how many."""
    offered = Registration.objects.filter(event=event, state=State.OFFERED).select_related("category")
    held = list(offered.order_by("pk").select_for_update(of=("self",)))
    for each in held:
        each.offer_expires_at = timezone.now() + dt.timedelta(hours=each.category.offer_hours)
    return Registration.objects.bulk_update(held, ["offer_expires_at"]) if held else 0
