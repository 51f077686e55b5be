"""Generated people for demonstrations and measurements. Pure: the same number gives the same person."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ...registration.models import Registration
from .content import content

_SEED = "IPPC Events"

_GENDERS = (
    (Registration.Gender.WOMAN, 44),
    (Registration.Gender.MAN, 44),
    (Registration.Gender.NOT_SAID, 10),
    (Registration.Gender.SELF_DESCRIBED, 2),
)
_REPRESENTING = (
    (Registration.Representing.COUNTRY, 74),
    (Registration.Representing.RPPO, 8),
    (Registration.Representing.ORGANIZATION, 8),
    (Registration.Representing.OTHER, 10),
)
_FUNCTIONS = (
    "Director of plant protection",
    "Phytosanitary inspector",
    "Head, import and export certification",
    "Official contact point",
    "Plant health officer",
    "Entomologist",
    "Legal adviser",
    "Systems analyst",
)
_ORGANIZATIONS = (
    "Example Trade Facilitation Centre",
    "Example Institute for Crop Health",
    "Example Development Bank",
)
_OTHERS = ("Example University, Faculty of Agriculture", "Example Seed Association", "Example Shipping Lines")

# Long names and every script come early, so that a small demonstration shows them too.
_EARLY = (
    "GB",
    "RU",
    "SA",
    "CN",
    "VN",
    "US",
    "FJ",
    "BO",
    "CI",
    "IR",
    "FM",
    "MG",
    "UA",
    "LK",
    "TO",
    "IS",
    "VE",
    "TH",
)


@dataclass(frozen=True, slots=True)
class Person:
    """Who registers. `country` is an ISO 3166-1 alpha-2 code and also tells how the person is named."""

    name: str
    email: str
    gender: Registration.Gender
    representing: Registration.Representing
    country: str
    organization: str
    function: str
    language: str


def email_of(number: int) -> str:
    """The address of a generated person; example.org receives no mail (RFC 2606)."""
    return f"participant{number:05d}@example.org"


def chance_of(number: int) -> random.Random:
    """The dice of one person: neither other people nor the order of creation change what falls."""
    return random.Random(f"{_SEED} {number}")  # noqa: S311 - repeatable on purpose


def pick(chance: random.Random, weighted: Sequence[tuple[Any, int]]) -> Any:
    """One of the values, each as often as its weight says."""
    values, weights = zip(*weighted, strict=True)
    return chance.choices(values, weights)[0]


def person(number: int, country: str, chance: random.Random) -> Person:
    """The person of this number, from `country`, with what `chance` gives."""
    names = _names_by_country().get(country, content("names")["english"])
    gender = pick(chance, _GENDERS)
    representing = pick(chance, _REPRESENTING)
    return Person(
        name=_name(names, gender, chance),
        email=email_of(number),
        gender=gender,
        representing=representing,
        country=country,
        organization=_organization(representing, chance),
        function=chance.choice(_FUNCTIONS),
        language=names["language"],
    )


def country_order(regions: Mapping[str, str]) -> list[str]:
    """The ISO codes in `regions` (code to FAO region) so that all regions take turns."""
    queues: dict[str, list[str]] = {}
    for code in sorted(
        regions, key=lambda code: (_EARLY.index(code) if code in _EARLY else len(_EARLY), code)
    ):
        queues.setdefault(regions[code], []).append(code)
    order: list[str] = []
    for turn in range(max(map(len, queues.values()), default=0)):
        order += [queue[turn] for queue in queues.values() if turn < len(queue)]
    return order


def _name(names: Mapping[str, Any], gender: Registration.Gender, chance: random.Random) -> str:
    as_woman = gender == Registration.Gender.WOMAN or (
        gender != Registration.Gender.MAN and chance.random() < 0.5
    )
    given = chance.choice(names["women" if as_woman else "men"])
    family = chance.choice(names.get("family_women", names["family"]) if as_woman else names["family"])
    match names.get("order"):
        case "family given":
            return f"{family} {given}"
        case "familygiven":
            return family + given
        case _:
            return f"{given} {family}"


def _organization(representing: Registration.Representing, chance: random.Random) -> str:
    if representing == Registration.Representing.ORGANIZATION:
        return chance.choice(_ORGANIZATIONS)
    if representing == Registration.Representing.OTHER:
        return chance.choice(_OTHERS)
    return ""


@cache
def _names_by_country() -> dict[str, Mapping[str, Any]]:
    return {code: names for names in content("names").values() for code in names["countries"]}
