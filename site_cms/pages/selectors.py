"""What the pages show: events of the catalogue, each with the address of its page in the reader's language."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from events.catalogue.models import Event, Family
from events.catalogue.selectors import public_events
from events.catalogue.texts import LANGUAGES
from events.registration.selectors import Window, few_places_left, registration_window, windows

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
    """The events that are not over on `today`, the nearest first; side events are told by their main event."""
    events = public_events().select_related("family").filter(end_date__gte=today, parent=None)
    return listed(events.order_by("start_date", "code"), request)


def recent(today: dt.date, request: HttpRequest) -> list[ListedEvent]:
    """The latest events that are over on `today`, the last first."""
    events = public_events().select_related("family").filter(end_date__lt=today, parent=None)
    return listed(events.order_by("-start_date", "code")[:PAST_ON_HOME], request)


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
    events = public_events().select_related("family", "recorded_figure").filter(family=family)
    today = timezone.now().date()
    all_listed = listed(events.order_by("-start_date", "code"), request)
    past = [item for item in all_listed if item.event.end_date < today]
    by_year = [
        (year, list(items)) for year, items in groupby(past, key=lambda item: item.event.start_date.year)
    ]
    return [item for item in reversed(all_listed) if item.event.end_date >= today], by_year


def event_context(pk: int, request: HttpRequest) -> dict[str, Any]:
    """All that an event's page tells: the event, its registration, what it is part of and its side events."""
    event = _event_with_facts(pk)
    related = listed([*([event.parent] if event.parent else []), *event.side_events.all()], request)
    return {
        "event": event,
        "window": (window := registration_window(event)),
        "few_left": window is Window.OPEN and few_places_left(event),
        "part_of": next((other for other in related if other.event.pk == event.parent_id), None),
        "side_events": [other for other in related if other.event.pk != event.parent_id],
        "has_programme": event.sessions.exists(),
        "working_languages": [(code, LANGUAGES[code]) for code in event.languages],
    }


def _event_with_facts(pk: int) -> Event:
    """The event with everything its page needs, fetched at once."""
    side_events = Prefetch("side_events", public_events().order_by("start_date", "code"))
    events = Event.objects.select_related("family", "country", "parent", "recorded_figure")
    return events.prefetch_related(side_events).get(pk=pk)


def listed(events: Iterable[Event], request: HttpRequest) -> list[ListedEvent]:
    """The events with the addresses of their pages; at most two queries, however many."""
    rows = list(events)
    urls = _urls(EventPage.objects.filter(event__in=[event.pk for event in rows]), "event_id", request)
    state = windows(rows)
    return [ListedEvent(event, urls.get(event.pk, ""), state[event.pk]) for event in rows]


def _urls(pages: QuerySet, owner: str, request: HttpRequest) -> dict[int, str]:
    """The address of each owner's live page in the active language, else in English."""
    found = _in_language(pages, get_language() or "en")
    return {getattr(page, owner): page.get_url(request) or "" for page in found}


def _in_language(pages: QuerySet, language: str) -> QuerySet:
    """The live pages in English and in `language`, those in `language` last so that they win."""
    wanted = pages.live().filter(locale__language_code__in={"en", language}).select_related("locale")
    order = "locale__language_code" if language > "en" else "-locale__language_code"
    return wanted.order_by(order)
