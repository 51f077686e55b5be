"""Proposed events for tests, and as many as the International Year really had. All are illustrative."""

import datetime as dt
import random
from typing import Any

from django.utils import timezone

from events.catalogue.models import Country, Family
from events.proposals.models import Proposal
from events.proposals.services import add_accepted
from events.typed.names import fold
from tests.factories import make_family

REAL_EVENTS, REAL_COUNTRIES = 680, 86
"""FAO's final report on the International Year: what its calendar held."""

_TITLES = {
    "en": "Plant Health Day",
    "fr": "Journée de la santé des végétaux",
    "es": "Día de la sanidad vegetal",
    "ar": "يوم الصحة النباتية",
    "zh-hans": "植物健康日",
    "ru": "День здоровья растений",
}


def answers(**fields: Any) -> dict[str, Any]:
    """What the cleaned form gives."""
    today = timezone.now().date()
    return {
        "title": "Plant Health Day",
        "description": "Come and see.",
        "language": "en",
        "start_date": today + dt.timedelta(days=30),
        "end_date": today + dt.timedelta(days=31),
        "place": "Nairobi",
        "country": None,
        "level": "national",
        "link": "https://www.example.org/day",
        "proposer_name": "Amina Otieno",
        "proposer_email": "amina@example.org",
    } | fields


def make_proposal(family: Family | None = None, **fields: Any) -> Proposal:
    """A proposal as it comes in; `state` and `sequence` may be given."""
    values = answers(**fields)
    values.setdefault("title_folded", fold(values["title"]))
    return Proposal.objects.create(family=family or make_family("iyph"), **values)


def make_accepted(family: Family | None = None, **fields: Any) -> Proposal:
    """A proposal in the calendar."""
    return make_proposal(family, **{"state": Proposal.State.ACCEPTED, "sequence": 1} | fields)


def make_many(family: Family, *, count: int = REAL_EVENTS, countries: int = REAL_COUNTRIES) -> list[Proposal]:
    """As many accepted events over two years around today, in that many countries of the database."""
    chance, today = random.Random(2020), timezone.now().date()
    held_in = list(Country.objects.order_by("iso2")[:countries])
    rows = []
    for number in range(count):
        language = chance.choice(list(_TITLES))
        first = today + dt.timedelta(days=chance.randint(-500, 300))
        rows.append(
            Proposal(
                family=family,
                **answers(
                    title=f"{_TITLES[language]} {number + 1}",
                    language=language,
                    start_date=first,
                    end_date=first + dt.timedelta(days=chance.choice([0, 0, 0, 1, 4])),
                    country=held_in[number % len(held_in)] if held_in else None,
                    level=chance.choice(Proposal.Level.values),
                ),
            )
        )
    return add_accepted(proposals=rows)
