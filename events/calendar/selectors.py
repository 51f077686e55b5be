"""Feeds to serve: what the public and a registered person may see, from memory while nothing has changed."""

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Callable

from django.core.cache import caches
from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext, override

from ..catalogue.models import Event, Family
from ..catalogue.selectors import public_events
from ..programme.models import Session
from ..proposals.models import Proposal
from ..proposals.selectors import told_to_calendars
from ..registration.models import Registration
from ..registration.states import State
from .entries import (
    CANCELLED,
    COLOURS,
    CONFIRMED,
    TENTATIVE,
    event_address,
    event_days,
    programme_entries,
    proposed_days,
)
from .feed import calendar_bytes

KEPT_SECONDS = 3600

_STANDING = {State.CONFIRMED: CONFIRMED, State.PENDING: TENTATIVE}


@dataclasses.dataclass(frozen=True, slots=True)
class Feed:
    """The bytes of a feed with what a client compares them by."""

    body: bytes
    etag: str
    changed: dt.datetime | None


def event_feed(code: str, language: str) -> Feed | None:
    """The event's days and its programme; None when there is no such event."""
    event = (
        public_events()
        .select_related("family")
        .annotate(newest=Max("sessions__updated_at"), sessions_count=Count("sessions"))
        .filter(code__iexact=code)
        .first()
    )
    if event is None:
        return None
    changed = max(filter(None, (event.updated_at, event.newest)))
    version = (event.pk, event.shown_accent, changed, event.sessions_count)
    return _kept(version, language, changed, lambda: event_feed_bytes(event, language))


def event_feed_bytes(event: Event, language: str) -> bytes:
    """The feed of one event, made anew. One query."""
    return calendar_bytes(
        programme_entries(event, programme_of(event), language),
        name=event_days(event, language, url="").summary,
        url=event_address(event, language),
        colour=COLOURS[Family.Accent(event.shown_accent)],
    )


def family_feed(slug: str, language: str) -> Feed | None:
    """The days of a family's events, also of those that others hold; None when there is no such family."""
    family = Family.objects.filter(slug=slug).first()
    if family is None:
        return None
    events = public_events().filter(family=family)
    colour = COLOURS[Family.Accent(family.accent)]
    name = family.name.text(language)
    return _days_feed(events, language, name=name, colour=colour, proposed=told_to_calendars(family))


def all_feed(language: str) -> Feed:
    """The days of every event."""
    with override(language):
        return _days_feed(public_events(), language, name=gettext("IPPC Events"))


def personal_feed(registration: Registration) -> bytes:
    """The event and its programme as they stand for one person, in the person's language.

    Whoever waits for approval has the event tentatively; for whoever does not come (any more) it is
    cancelled. Each change of the registration raises SEQUENCE.
    """
    event, language = registration.event, registration.language
    standing = _STANDING.get(State(registration.state), CANCELLED)
    raised = registration.history.count()
    entries = [
        dataclasses.replace(
            entry,
            status=entry.status if standing == CONFIRMED or entry.status == CANCELLED else standing,
            sequence=entry.sequence + raised,
            changed=max(entry.changed, registration.updated_at),
        )
        for entry in programme_entries(event, programme_of(event), language)
    ]
    return calendar_bytes(entries, name=entries[0].summary, url=event_address(event, language))


def programme_of(event: Event) -> QuerySet[Session]:
    """The event's sessions with their rooms; cancelled ones too, so that calendars cancel them."""
    return Session.objects.filter(event=event).select_related("room").order_by("start", "pk")


def _days_feed(
    events: QuerySet[Event],
    language: str,
    *,
    name: str,
    colour: str = "",
    proposed: QuerySet[Proposal] | None = None,
) -> Feed:
    sources = [events] if proposed is None else [events, proposed]
    numbers = [source.aggregate(newest=Max("updated_at"), count=Count("pk")) for source in sources]
    changed = max(filter(None, (number["newest"] for number in numbers)), default=None)

    def make() -> bytes:
        rows = events.select_related("family").order_by("start_date", "code")
        entries = [event_days(event, language, url=event_address(event, language)) for event in rows]
        if proposed is not None:
            entries += [proposed_days(row, language) for row in proposed.order_by("start_date", "pk")]
        return calendar_bytes(entries, name=name, colour=colour)

    return _kept((name, colour, repr(numbers)), language, changed, make)


def _kept(
    version: tuple[object, ...], language: str, changed: dt.datetime | None, make: Callable[[], bytes]
) -> Feed:
    """The feed from this process's memory, made when its version is not there: so it is never old."""
    key = "feed:" + hashlib.sha256(repr((version, language)).encode()).hexdigest()
    body = caches["process"].get(key)
    if body is None:
        body = make()
        caches["process"].set(key, body, KEPT_SECONDS)
    return Feed(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"', changed)
