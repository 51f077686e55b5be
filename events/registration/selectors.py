"""Reads of registrations: what the public, the person and the staff may see."""

import datetime as dt
from enum import Enum

from django.db.models import QuerySet
from django.utils import timezone

from ..catalogue.models import Category, Event
from . import link
from .models import Counter, Registration


class Window(Enum):
    """Whether one can register for an event now."""

    NOT_PLANNED = "not planned"
    NOT_YET = "not yet"
    OPEN = "open"
    FULL = "full"
    CLOSED = "closed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


def registration_window(event: Event, now: dt.datetime | None = None) -> Window:
    """The state of the event's registration at `now`."""
    now = now or timezone.now()
    if event.state == Event.State.CANCELLED:
        return Window.CANCELLED
    if event.state == Event.State.POSTPONED:
        return Window.POSTPONED
    if event.state == Event.State.DRAFT or event.registration_opens_at is None:
        return Window.NOT_PLANNED
    if now < event.registration_opens_at:
        return Window.NOT_YET
    if event.registration_closes_at is not None and now >= event.registration_closes_at:
        return Window.CLOSED
    return Window.OPEN if open_categories(event) else Window.FULL


def open_categories(event: Event) -> list[Category]:
    """The categories in which a place is left, in order; none when the event itself is full."""
    full: set[int | None] = {
        counter.category_id
        for counter in Counter.objects.filter(event=event)
        if counter.capacity is not None and counter.taken >= counter.capacity
    }
    if None in full:
        return []
    return [category for category in event.categories.all() if category.pk not in full]


def registration_by_token(token: str) -> Registration | None:
    """The registration whose current personal link holds `token`, or None."""
    public_id = link.public_id_in(token)
    if public_id is None:
        return None
    registration = (
        Registration.objects.select_related("event", "category", "country", "rppo").filter(public_id=public_id).first()
    )
    if registration is None or not link.is_valid(token, public_id, registration.link_version):
        return None
    return registration


def registrations_in(event_ids: list[int]) -> QuerySet[Registration]:
    """The registrations of these events, with what a list shows."""
    return Registration.objects.filter(event__in=event_ids).select_related("event", "category", "country", "rppo")
