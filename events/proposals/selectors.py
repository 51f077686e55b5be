"""Reads of proposed events. The public sees accepted ones, and nothing of who proposed them."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..catalogue.models import Country, Family
from ..catalogue.regions import WorkshopRegion
from ..catalogue.selectors import countries_by_name
from .choice import NOWHERE, PAST, Choice
from .models import Proposal

PAGE_LENGTH = 50

# The event's own region, else that of its country.
_REGION = Coalesce(NullIf(F("workshop_region"), Value("")), F("country__workshop_region"), Value(""))


@dataclass(frozen=True, slots=True)
class RegionCount:
    """How many events a region has, for a list that stands in for a map."""

    region: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a calendar with what can be chosen there."""

    page: Page
    months: list[tuple[dt.date, list[Proposal]]]
    regions: list[RegionCount]
    countries: list[Country]
    all_months: list[dt.date]


def accepted(family: Family) -> QuerySet[Proposal]:
    """The family's accepted events."""
    return Proposal.objects.filter(family=family, state=Proposal.State.ACCEPTED)


def told_to_calendars(family: Family) -> QuerySet[Proposal]:
    """The family's events that feeds hold: accepted ones, and those taken out again."""
    return Proposal.objects.filter(family=family, sequence__gt=0).select_related("country", "family")


def proposal_by_id(pk: int) -> Proposal:
    """The proposal for a mail about it. Raises `Proposal.DoesNotExist`."""
    return Proposal.objects.select_related("country", "family").get(pk=pk)


def proposal_by_uid(family: Family, uid: str) -> Proposal | None:
    """The family's proposal with this UID."""
    return Proposal.objects.filter(family=family, uid=uid).first()


def listing(family: Family, choice: Choice, *, page: str | int, today: dt.date) -> Listing:
    """A page of the calendar. Six queries, however many events there are."""
    on_this_side = _on_side(accepted(family), choice, today)
    chosen = _chosen(on_this_side, choice)
    order = ("-start_date", "-pk") if choice.when == PAST else ("start_date", "pk")
    shown = Paginator(chosen.select_related("country").order_by(*order), PAGE_LENGTH).get_page(page)
    return Listing(
        page=shown,
        months=_by_month(shown),
        regions=_regions(on_this_side),
        countries=_countries(on_this_side),
        all_months=list(on_this_side.dates("start_date", "month")),
    )


def _on_side(events: QuerySet[Proposal], choice: Choice, today: dt.date) -> QuerySet[Proposal]:
    """Those over on `today`, or those not over."""
    is_over = Q(end_date__lt=today)
    return events.filter(is_over if choice.when == PAST else ~is_over)


def _chosen(events: QuerySet[Proposal], choice: Choice) -> QuerySet[Proposal]:
    if choice.country:
        events = events.filter(country__iso2=choice.country)
    if choice.month:
        first, last = choice.days
        events = events.filter(start_date__lte=last, end_date__gte=first)
    if choice.region:
        region = "" if choice.region == NOWHERE else choice.region
        events = events.annotate(region=_REGION).filter(region=region)
    if choice.level:
        events = events.filter(level=choice.level)
    if choice.language:
        events = events.filter(language=choice.language)
    return events


def _by_month(events: Page) -> list[tuple[dt.date, list[Proposal]]]:
    """The page's events below the month in which they begin."""
    return [
        (month, list(items))
        for month, items in groupby(events, key=lambda row: row.start_date.replace(day=1))
    ]


def _regions(events: QuerySet[Proposal]) -> list[RegionCount]:
    """Each region with its number of events, also those with none; the rest only when there is any."""
    counted = events.order_by().annotate(region=_REGION).values_list("region").annotate(Count("pk"))
    counts: dict[str, int] = dict(counted)
    rows = [RegionCount(code, str(label), counts.get(code, 0)) for code, label in WorkshopRegion.choices]
    elsewhere = counts.get("", 0)
    return (
        [*rows, RegionCount(NOWHERE, _("Worldwide, online or elsewhere"), elsewhere)] if elsewhere else rows
    )


def _countries(events: QuerySet[Proposal]) -> list[Country]:
    """The countries that have events, in the order of their names in the active language."""
    held = set(events.order_by().values_list("country", flat=True).distinct())
    return [country for country in countries_by_name(get_language() or "en") if country.pk in held]
