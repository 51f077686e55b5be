"""Reads of the catalogue."""

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery

from .models import Country, Event, EventChange, PartyStatus, Rppo
from .regions import Status


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day of an event."""

    first: dt.date
    last: dt.date


def status_on(date: dt.date) -> QuerySet[Country]:
    """Every country with `status`: its standing under the Convention on `date`, if known. One query."""
    standing = PartyStatus.objects.filter(country=OuterRef("pk"), since__lte=date).order_by("-since")
    return Country.objects.annotate(status=Subquery(standing.values("status")[:1]))


def contracting_parties_on(date: dt.date) -> QuerySet[Country]:
    """The countries that were certainly contracting parties on `date`."""
    return status_on(date).filter(Q(status=Status.CONTRACTING_PARTY))


def countries_by_name(language: str) -> list[Country]:
    """Every country and territory in the order of its name in `language`, for lists and choices."""
    return sorted(Country.objects.all(), key=lambda country: _as_listed(country.name.text(language)))


def countries_by_code(codes: Iterable[str]) -> dict[str, Country]:
    """The countries of these ISO 3166-1 alpha-2 codes, by code; what is no code is passed over. One query."""
    wanted = {code for code in codes if len(code) == 2 and code.isascii() and code.isalpha()}
    return {country.iso2: country for country in Country.objects.filter(iso2__in=wanted)} if wanted else {}


def country_by_code(code: str) -> Country | None:
    """The country of this code, if there is one. At most one query."""
    return countries_by_code([code]).get(code)


def rppos_by_acronym() -> dict[str, Rppo]:
    """Every regional plant protection organization in the order of its acronym."""
    return {rppo.acronym: rppo for rppo in Rppo.objects.order_by("acronym")}


def event_by_code(code: str) -> Event | None:
    """The event with this code in any letter case, unless it is a draft."""
    return (
        Event.objects.select_related("family")
        .exclude(state=Event.State.DRAFT)
        .filter(code__iexact=code)
        .first()
    )


def public_events() -> QuerySet[Event]:
    """Every event that the public may know of: all but drafts."""
    return Event.objects.exclude(state=Event.State.DRAFT)


def to_come(today: dt.date) -> Q:
    """For a query of events: not over on `today`. An event whose new dates are awaited is never over."""
    return Q(end_date__gte=today) | Q(state=Event.State.POSTPONED)


def turned_between(since: dt.datetime, until: dt.datetime) -> list[Event]:
    """Events that opened or closed registration, in a category too, or ended, after `since` up to `until`."""
    moments = Q()
    own = ("registration_opens_at", "registration_closes_at")
    for field in (*own, "categories__opens_at", "categories__closes_at"):
        moments |= Q(**{f"{field}__gt": since, f"{field}__lte": until})
    turned = Event.objects.filter(moments).order_by().values("pk")
    # The last day ends at another moment in each zone.
    day = dt.timedelta(days=1)
    near = Q(end_date__gte=since.date() - 2 * day, end_date__lte=until.date() + day)
    ended = (
        event.pk
        for event in public_events().filter(near).only("state", "end_date", "zone")
        if event.is_over_at(until) and not event.is_over_at(since)
    )
    return list(public_events().filter(Q(pk__in=turned) | Q(pk__in=list(ended))).order_by("pk"))


def former_dates(event: Event) -> Days | None:
    """The days of the event before its latest postponement, None when it was never postponed.

    For an event in the state postponed these are the days that do not hold any more. One query, or
    none for an event that never changed.
    """
    if not event.sequence:
        return None
    postponed = event.changes.filter(act=EventChange.Act.POSTPONE)
    before = postponed.values_list("before", flat=True).first()
    if before is None:
        return None
    days = Days(*(dt.date.fromisoformat(before[field]) for field in ("start_date", "end_date")))
    stands = event.state != Event.State.POSTPONED and days == Days(event.start_date, event.end_date)
    return None if stands else days


def history(event: Event) -> QuerySet[EventChange]:
    """What was done with the event that people were told of, the latest first, with who did it. One query."""
    return event.changes.select_related("user")


def _as_listed(name: str) -> str:
    """What a name is sorted by: Émirats stands with E. Chinese names stand in the order of their codes."""
    letters = (char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return "".join(letters).casefold()
