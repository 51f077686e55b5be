"""Reads of contact points and delegations."""

from collections.abc import Iterable

from django.db.models import QuerySet

from ..catalogue.models import Country, Event, Rppo
from ..catalogue.selectors import contracting_parties_on
from .link import DELEGATION
from .models import ContactPoint, Delegation


def delegation_by_token(token: str) -> Delegation | None:
    """The delegation whose current link holds `token`, or None."""
    return DELEGATION.row_in(_with_all(), token)


def delegation_by_id(pk: int) -> Delegation:
    """The delegation with all that a mail tells. Raises `Delegation.DoesNotExist`."""
    return _with_all().get(pk=pk)


def _with_all() -> QuerySet[Delegation]:
    return Delegation.objects.select_related(
        "event__family",
        "country",
        "rppo",
        "contact_point__country",
        "contact_point__rppo",
        "contact_point__predecessor",
    )


def parties_with_contact_point(event: Event, *, region: str = "") -> list[ContactPoint]:
    """Of each contracting party on the event's first day: its contact point in office, the latest one.

    `region` is an FAO region; empty means all.
    """
    parties = contracting_parties_on(event.start_date)
    if region:
        parties = parties.filter(fao_region=region)
    return _latest(official_in_office().filter(country__in=parties.values("pk")))


def contact_points_of(countries: Iterable[Country], rppos: Iterable[Rppo]) -> list[ContactPoint]:
    """The contact points in office of these countries, and those of these RPPOs for themselves."""
    of_rppos = ContactPoint.objects.filter(
        kind=ContactPoint.Kind.RPPO, is_active=True, rppo__in=[rppo.pk for rppo in rppos]
    )
    of_countries = official_in_office().filter(country__in=[country.pk for country in countries])
    return [*_latest(of_countries), *_latest(of_rppos)]


def official_in_office() -> QuerySet[ContactPoint]:
    """The official contact points in office."""
    return ContactPoint.objects.filter(kind=ContactPoint.Kind.OFFICIAL, is_active=True)


def _latest(points: QuerySet[ContactPoint]) -> list[ContactPoint]:
    """One for each party: the one entered last."""
    rows = points.select_related("country", "rppo").order_by("pk")
    return list({(row.country_id, row.rppo_id): row for row in rows}.values())


def editions_before(event: Event) -> QuerySet[Event]:
    """Earlier events of the family, the latest first."""
    earlier = Event.objects.filter(family_id=event.family_id, start_date__lt=event.start_date)
    return earlier.exclude(pk=event.pk).order_by("-start_date", "-pk")
