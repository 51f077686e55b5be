"""What the home shows: what is next as a list and as a month, by family and region; the way to the rest."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language

from events.catalogue.models import Event, Family
from events.catalogue.regions import FaoRegion
from events.catalogue.selectors import public_events, to_come
from events.registration.selectors import window_of, with_places
from events.registration.windows import window_by_date

from .models import HomePage
from .months import Span, days_shown, first_of, month_after, month_in, weeks_of
from .news import latest_news
from .selectors import Link, ListedEvent, event_urls, families, links_below

PAST_ON_HOME = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader asked to see; "" is all."""

    family: str = ""
    region: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """The condition on events."""
        asked = {"family__slug": self.family, "country__fao_region": self.region}
        return {name: value for name, value in asked.items() if value}

    @property
    def query(self) -> str:
        """The same as a part of an address."""
        return urlencode({name: getattr(self, name) for name in ("family", "region") if getattr(self, name)})


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar and its events; `earlier` and `later` are None at either end."""

    first: dt.date
    events: list[Event]
    earlier: dt.date | None
    later: dt.date | None


def choice_in(query: QueryDict, slugs: Iterable[str]) -> Choice:
    """What the address asks for; a family or region that does not exist counts as not asked."""
    family, region = query.get("family", ""), query.get("region", "")
    return Choice(family if family in slugs else "", region if region in FaoRegion.values else "")


def home_context(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    """All that the home page tells."""
    all_families = list(Family.objects.all())
    choice = choice_in(request.GET, [family.slug for family in all_families])
    today = timezone.now().date()
    chosen = public_events().select_related("family").filter(parent=None, **choice.fields)
    coming = list(with_places(chosen).filter(to_come(today)).order_by("start_date", "code"))
    past = list(chosen.exclude(to_come(today)).order_by("-start_date", "code")[:PAST_ON_HOME])
    month = _month_of(chosen, request.GET.get("month", ""), today)
    urls = event_urls([*coming, *past, *month.events], request)
    in_month = [_told(event, urls) for event in month.events]
    upcoming = [ListedEvent(event, urls.get(event.pk, ""), window_of(event)) for event in coming]
    return {
        "upcoming": upcoming,
        "families": [] if choice.fields else families(all_families, upcoming, request),
        "past": [_told(event, urls) for event in past],
        "month": month,
        "in_month": in_month,
        "weeks": weeks_of(month.first, [_span(item) for item in in_month]),
        "choice": choice,
        "all_families": all_families,
        "regions": FaoRegion.choices,
        "news": latest_news(get_language() or "en", request),
        "links": _menu(page, request),
    }


def _told(event: Event, urls: dict[int, str]) -> ListedEvent:
    return ListedEvent(event, urls.get(event.pk, ""), window_by_date(event))


def _menu(page: HomePage, request: HttpRequest) -> list[Link]:
    """The pages below the home that its editors put in menus; families are shown in their own way."""
    return [link for link in links_below(page, request) if link.page.show_in_menus]


def _span(item: ListedEvent) -> Span:
    return Span(item.event.start_date, item.event.end_date, item)


def _month_of(events: QuerySet[Event], asked: str, today: dt.date) -> Month:
    """The month asked for, else that of the next event; never before the first event or after the last.

    An event that waits for its new dates has no days to show.
    """
    events = events.exclude(state=Event.State.POSTPONED)
    found = events.aggregate(
        first=Min("start_date"), last=Max("end_date"), next=Min("start_date", filter=to_come(today))
    )
    nearest = found["next"] or today
    first, last = (first_of(found[end] or nearest) for end in ("first", "last"))
    month = min(max(month_in(asked) or first_of(nearest), first), last)
    begin, end = days_shown(month)
    return Month(
        first=month,
        events=list(events.filter(start_date__lte=end, end_date__gte=begin).order_by("start_date", "code")),
        earlier=month_after(month, -1) if month > first else None,
        later=month_after(month) if month < last else None,
    )
