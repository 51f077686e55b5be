"""Which part of a calendar of proposed events one asked for, as the address says it. Pure."""

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from ..catalogue.models import Family
from ..catalogue.regions import WorkshopRegion
from ..catalogue.texts import LANGUAGES
from .models import Proposal

UPCOMING, PAST = "upcoming", "past"
NOWHERE = "none"
"""The region of events that belong to none: worldwide, online, or in a country without one."""

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])\Z", re.ASCII)
_ISO2 = re.compile(r"[A-Z]{2}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Choice:
    """What to show; an empty text asks for everything."""

    when: str = UPCOMING
    country: str = ""
    month: str = ""
    region: str = ""
    level: str = ""
    language: str = ""

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day of the month. Only when there is one."""
        year, month = (int(part) for part in self.month.split("-"))
        return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out but the other side of today."""
        return self != Choice(when=self.when)

    def query(self, **changes: Any) -> str:
        """The choice, changed, as the query of an address; what is asked by default stays away."""
        changed = replace(self, **changes)
        values = {name: getattr(changed, name) for name in changed.__slots__}
        default = Choice()
        return urlencode({name: text for name, text in values.items() if text != getattr(default, name)})


def choice_in(query: Mapping[str, str]) -> Choice:
    """What an address asks for; a value that cannot be counts as not asked."""
    country, month = query.get("country", "").upper(), query.get("month", "")
    return Choice(
        when=PAST if query.get("when") == PAST else UPCOMING,
        country=country if _ISO2.match(country) else "",
        month=month if _MONTH.match(month) else "",
        region=_one_of([*WorkshopRegion.values, NOWHERE], query.get("region", "")),
        level=_one_of(Proposal.Level.values, query.get("level", "")),
        language=_one_of(LANGUAGES, query.get("language", "")),
    )


def calendar_address(family: Family, language: str) -> str:
    """The lasting public address of the family's calendar."""
    return f"{settings.SITE_URL}/{language}/proposals/{family.slug}/"


def address_of(proposal: Proposal, language: str, *, today: dt.date) -> str:
    """The public address of the calendar's page that shows the event, at the event."""
    when = PAST if proposal.end_date < today else UPCOMING
    choice = Choice(when=when, month=f"{proposal.start_date:%Y-%m}")
    return f"{calendar_address(proposal.family, language)}?{choice.query()}#event-{proposal.pk}"


def _one_of(known: Any, wanted: str) -> str:
    return wanted if wanted in known else ""
