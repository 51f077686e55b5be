"""Invented contact points, and a delegation of each to the demonstration events: nobody is nominated yet."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ...catalogue.models import Country, Event, Rppo
from ...delegations.models import ContactPoint, Delegation
from ...delegations.services import make_delegations
from ...registration.quotas import open_counters, set_places
from .content import content


@transaction.atomic
def add_delegations() -> list[Delegation]:
    """Add the contact points and delegations that are missing; the delegations are returned. Mails nobody."""
    plan = content("delegations")
    points = [_contact_point(entry, number) for number, entry in enumerate(plan["contact_point"], start=1)]
    added = []
    for event in Event.objects.filter(code__in=plan["events"], is_demonstration=True).order_by("pk"):
        new = make_delegations(event=event, contact_points=points)
        open_counters(event=event, delegations=new)
        given = {category: plan["places"].get(category.letter) for category in event.categories.all()}
        set_places(event=event, delegations=new, places=given)
        added += new
    return added


def _contact_point(entry: Mapping[str, Any], number: int) -> ContactPoint:
    party = {
        "country": Country.objects.filter(iso2=entry.get("country")).first(),
        "rppo": Rppo.objects.filter(acronym=entry.get("rppo")).first(),
        "kind": ContactPoint.Kind.RPPO if "rppo" in entry else ContactPoint.Kind.OFFICIAL,
    }
    facts = {"name": entry["name"], "language": entry["language"]}
    email = f"contact-point{number:02d}@example.org"
    return ContactPoint.objects.get_or_create(email=email, defaults=party | facts)[0]
