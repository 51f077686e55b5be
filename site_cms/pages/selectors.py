"""What the pages show: events of the catalogue, each with its page's address in the reader's language."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from events.catalogue.models import Event, Family
from events.catalogue.selectors import public_events
from events.catalogue.texts import LANGUAGES
from events.programme.models import Session
from events.registration.selectors import Window, window_by_date, window_of, with_places

from .models import EventPage, FamilyPage

PAST_ON_HOME = 8


@dataclass(frozen=True)
class ListedEvent:
    """An event in a list, with its page's address ("" when it has none) and the state of its registration."""

    event: Event
    url: str
    window: Window


@dataclass(frozen=True)
class ListedFamily:
    """A family with its page's address and the event that comes next, if one is announced."""

    family: Family
    url: str
    upcoming: ListedEvent | None


def event_page(code: str, language: str) -> EventPage | None:
    """The live page of the event with this code (any letter case) in `language`, else in English."""
    return _in_language(
        EventPage.objects.filter(event__in=public_events(), event__code__iexact=code), language
    ).last()


def upcoming(today: dt.date, request: HttpRequest) -> list[ListedEvent]:
    """The events not over on `today`, the nearest first; side events are told by their main event."""
    events = with_places(public_events()).select_related("family").filter(end_date__gte=today, parent=None)
    return _listed(events.order_by("start_date", "code"), request)


def recent(today: dt.date, request: HttpRequest) -> list[ListedEvent]:
    """The latest events that are over on `today`, the last first."""
    events = public_events().select_related("family").filter(end_date__lt=today, parent=None)
    return _linked(events.order_by("-start_date", "code")[:PAST_ON_HOME], request)


def families(upcoming_events: list[ListedEvent], request: HttpRequest) -> list[ListedFamily]:
    """Every family that has a page, in its order, with its next event among `upcoming_events`."""
    urls = _urls(FamilyPage.objects.all(), "family_id", request)
    following: dict[int, ListedEvent] = {}
    for item in upcoming_events:
        following.setdefault(item.event.family_id, item)
    return [
        ListedFamily(family, urls[family.pk], following.get(family.pk))
        for family in Family.objects.filter(pk__in=urls)
    ]


def editions(
    family: Family, request: HttpRequest
) -> tuple[list[ListedEvent], list[tuple[int, list[ListedEvent]]]]:
    """The family's events: those to come, the nearest first, and those past by year, the last first."""
    events = with_places(public_events()).select_related("family", "recorded_figure").filter(family=family)
    today = timezone.now().date()
    all_listed = _listed(events.order_by("-start_date", "code"), request)
    past = [item for item in all_listed if item.event.end_date < today]
    by_year = [
        (year, list(items)) for year, items in groupby(past, key=lambda item: item.event.start_date.year)
    ]
    return [item for item in reversed(all_listed) if item.event.end_date >= today], by_year


def event_context(pk: int, request: HttpRequest) -> dict[str, Any]:
    """All that an event's page tells: the event, its registration, what it is part of and its side events."""
    has_programme = Exists(Session.objects.filter(event=OuterRef("pk")))
    facts = ("family", "country", "recorded_figure")
    event = (
        with_places(Event.objects.all())
        .annotate(has_programme=has_programme)
        .select_related(*facts)
        .get(pk=pk)
    )
    part_of, side_events = _around(event, request)
    return {
        "event": event,
        "window": window_of(event),
        "part_of": part_of,
        "side_events": side_events,
        "working_languages": [(code, LANGUAGES[code]) for code in event.languages],
    }


def _around(event: Event, request: HttpRequest) -> tuple[ListedEvent | None, list[ListedEvent]]:
    """The event that this one is part of, and the events that are part of this one."""
    either = Q(pk=event.parent_id) | Q(parent=event.pk)
    around = _linked(public_events().filter(either).order_by("start_date", "code"), request)
    part_of = next((item for item in around if item.event.pk == event.parent_id), None)
    return part_of, [item for item in around if item is not part_of]


def _listed(events: QuerySet[Event], request: HttpRequest) -> list[ListedEvent]:
    """The events of `with_places`, with the addresses of their pages; two queries, however many events."""
    rows = list(events)
    urls = _event_urls(rows, request)
    return [ListedEvent(event, urls.get(event.pk, ""), window_of(event)) for event in rows]


def _linked(events: QuerySet[Event], request: HttpRequest) -> list[ListedEvent]:
    """The same where nobody asks whether places are left."""
    rows = list(events)
    urls = _event_urls(rows, request)
    return [ListedEvent(event, urls.get(event.pk, ""), window_by_date(event)) for event in rows]


def _event_urls(events: list[Event], request: HttpRequest) -> dict[int, str]:
    """The address of each event's page; no query for no event."""
    return _urls(EventPage.objects.filter(event__in=[event.pk for event in events]), "event_id", request)


def _urls(pages: Any, owner: str, request: HttpRequest) -> dict[int, str]:
    """The address of each owner's live page in the active language, else in English."""
    found = _in_language(pages, get_language() or "en")
    return {getattr(page, owner): page.get_url(request) or "" for page in found}


def _in_language(pages: Any, language: str) -> Any:
    """The live pages in English and in `language`, those in `language` last so that they win."""
    wanted = pages.live().filter(locale__language_code__in={"en", language}).select_related("locale")
    order = "locale__language_code" if language > "en" else "-locale__language_code"
    return wanted.order_by(order)
