"""Three invented events in the calendar of the International Year, each marked as a demonstration."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from ...catalogue.models import Country, Family
from ...proposals.models import Proposal
from ...proposals.services import add_accepted
from .content import content

FAMILY = "iyph"


def add_proposals(*, today: dt.date) -> list[Proposal]:
    """Add those that are missing, dated from `today`; they are returned. Needs the families and countries."""
    family = Family.objects.get(slug=FAMILY)
    entries = content("proposals")["proposal"]
    countries = {row.iso2: row for row in Country.objects.filter(iso2__in=[e["country"] for e in entries])}
    return add_accepted(proposals=[_proposal(entry, family, countries, today) for entry in entries])


def _proposal(
    entry: Mapping[str, Any], family: Family, countries: Mapping[str, Country], today: dt.date
) -> Proposal:
    start = today + dt.timedelta(days=entry["days_ahead"])
    texts = {name: entry[name] for name in ("title", "description", "place", "link", "language", "level")}
    return Proposal(
        uid=UUID(entry["uid"]),
        family=family,
        country=countries.get(entry["country"]),
        start_date=start,
        end_date=start + dt.timedelta(days=entry["days"] - 1),
        proposer_name="Demonstration",
        proposer_email="demonstration@example.org",
        **texts,
    )
