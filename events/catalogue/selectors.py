"""Reads of the catalogue."""

import datetime as dt

from django.db.models import OuterRef, QuerySet, Subquery

from .models import Country, Event, PartyStatus
from .regions import Status


def status_on(date: dt.date) -> QuerySet[Country]:
    """Every country with `status`: its standing under the Convention on `date`, None when not known. One query."""
    standing = PartyStatus.objects.filter(country=OuterRef("pk"), since__lte=date).order_by("-since")
    return Country.objects.annotate(status=Subquery(standing.values("status")[:1]))


def contracting_parties_on(date: dt.date) -> QuerySet[Country]:
    """The countries that were certainly contracting parties on `date`."""
    return status_on(date).filter(status=Status.CONTRACTING_PARTY)


def countries_by_name(language: str) -> list[Country]:
    """Every country and territory in the order of its name in `language`, for lists and choices."""
    return sorted(Country.objects.all(), key=lambda country: country.name.text(language))


def event_by_code(code: str) -> Event | None:
    """The event with this code in any letter case, unless it is a draft."""
    return Event.objects.select_related("family").exclude(state=Event.State.DRAFT).filter(code__iexact=code).first()


def public_events() -> QuerySet[Event]:
    """Every event that the public may know of: all but drafts."""
    return Event.objects.exclude(state=Event.State.DRAFT)
