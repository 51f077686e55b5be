"""The monitoring figures: what each means, and how it is counted. Pure: rows in, numbers out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Key = TypeVar("Key")

NAMES: dict[str, Promise] = {
    "participants": _("Participants"),
    "attendances": _("Attendances"),
    "countries": _("Countries and territories"),
    "parties": _("Contracting parties"),
}
DEFINITIONS: dict[str, Promise] = {
    "participants": _(
        "Persons with a confirmed registration in at least one of these events. The same name with the same "
        "e-mail address is one person, also in several events. For an event to come: those confirmed so far."
    ),
    "attendances": _(
        "Admissions at the entrance of these events: each person once in each event, however often they came "
        "and through whichever gate."
    ),
    "countries": _(
        "Countries and territories that a participant represents for a government, each once. The European "
        "Union, which is neither, is not counted here."
    ),
    "parties": _(
        "Those represented by a participant that were contracting parties to the Convention on the first day "
        "of the event, each once. The European Union, a contracting party, is counted here."
    ),
}


class Row(NamedTuple):
    """One registration that is confirmed, was admitted at the entrance, or both."""

    event_id: int
    name: str
    email: str
    country_id: int | None
    is_country: bool
    is_party: bool
    is_confirmed: bool
    was_admitted: bool
    gender: str
    mode: str
    fao_region: str
    workshop_region: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The four figures of a set of events."""

    participants: int
    attendances: int
    countries: int
    parties: int


def figures_of(rows: Iterable[Row]) -> Figures:
    """The four figures, as `DEFINITIONS` says."""
    people: set[tuple[str, str]] = set()
    countries: set[int | None] = set()
    parties: set[int | None] = set()
    attendances = 0
    for row in rows:
        attendances += row.was_admitted
        if not row.is_confirmed:
            continue
        people.add((row.name, row.email))
        if row.is_country:
            countries.add(row.country_id)
        if row.is_party:
            parties.add(row.country_id)
    return Figures(len(people), attendances, len(countries), len(parties))


def figures_by(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, Figures]:
    """The figures of each part; what a person or country does in several parts counts in each."""
    parts: defaultdict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        parts[key(row)].append(row)
    return {part: figures_of(members) for part, members in parts.items()}


class Recorded(NamedTuple):
    """Counts of one event that were recorded elsewhere; None is a number that was not found."""

    label: str
    participants: int | None
    countries: int | None


@dataclass(frozen=True, slots=True)
class RecordedTotal:
    """What recorded counts add up to, and what they leave open.

    Participants are added up: recorded counts cannot tell who came twice. Countries never are: their
    sum is only the most that can have been there, since nobody knows the overlap.
    """

    events_known: int
    participants: int
    missing: tuple[str, ...]
    events_with_countries: int
    countries_at_most: int


def recorded_total(rows: Sequence[Recorded]) -> RecordedTotal:
    """The total of these counts."""
    participants = [row.participants for row in rows if row.participants is not None]
    countries = [row.countries for row in rows if row.countries is not None]
    return RecordedTotal(
        events_known=len(participants),
        participants=sum(participants),
        missing=tuple(row.label for row in rows if row.participants is None),
        events_with_countries=len(countries),
        countries_at_most=sum(countries),
    )
