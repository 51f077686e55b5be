"""Writes to the catalogue."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from .loader import DATA, read_catalogue
from .models import Category, Country, Event, Family, PartyStatus, Rppo
from .watching import tell


@dataclass(frozen=True, slots=True)
class Added:
    """How many rows a load made."""

    countries: int
    statuses: int
    rppos: int


def load_catalogue(*, folder: Path = DATA) -> Added:
    """Add the countries and RPPOs of the folder's files that are missing; existing rows are left alone.

    Raises `CsvError` before anything is written. A country that exists gets no status either: a row
    that staff took out stays out.
    """
    catalogue = read_catalogue(folder)
    with transaction.atomic():
        known = set(Country.objects.values_list("iso2", flat=True))
        new = [entry for entry in catalogue.countries if entry.country.iso2 not in known]
        Country.objects.bulk_create(entry.country for entry in new)
        statuses = PartyStatus.objects.bulk_create(status for entry in new for status in entry.statuses)
        acronyms = set(Rppo.objects.values_list("acronym", flat=True))
        rppos = Rppo.objects.bulk_create(rppo for rppo in catalogue.rppos if rppo.acronym not in acronyms)
    return Added(countries=len(new), statuses=len(statuses), rppos=len(rppos))


@transaction.atomic
def add_families(*, families: Sequence[Family]) -> list[Family]:
    """Save the families whose address is not taken; those are returned."""
    known = set(Family.objects.values_list("slug", flat=True))
    return Family.objects.bulk_create(family for family in families if family.slug not in known)


@transaction.atomic
def add_events(*, events: Sequence[Event]) -> list[Event]:
    """Save the events whose code, in any letter case, is not taken; those are returned."""
    known = {code.upper() for code in Event.objects.values_list("code", flat=True)}
    return Event.objects.bulk_create(event for event in events if event.code.upper() not in known)


@transaction.atomic
def add_categories(*, event: Event, categories: Sequence[Mapping[str, Any]]) -> list[Category]:
    """Give the event categories, in this order; each mapping holds the model's fields."""
    return Category.objects.bulk_create(
        Category(event=event, position=position, **fields) for position, fields in enumerate(categories)
    )


TELLS_CALENDARS = ("title", "start_date", "end_date", "zone", "place", "venue", "state")
"""What a subscriber must be told about (RFC 5545 section 3.8.7.4)."""


@transaction.atomic
def event_change(*, event: Event, changes: Mapping[str, Any]) -> Event:
    """Set the fields named in `changes`; calendars see a new sequence number when it concerns them.

    Raises ValidationError when the result is not an event.
    """
    # Without the key: whoever registers at this moment holds it, and waits for a place that we may hold.
    locked = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    before = [getattr(locked, field) for field in TELLS_CALENDARS]
    for field, value in changes.items():
        setattr(locked, field, value)
    locked.full_clean(validate_unique=False, validate_constraints=False)
    if [getattr(locked, field) for field in TELLS_CALENDARS] != before:
        locked.sequence += 1
    locked.save()
    tell(locked.pk)
    return locked


def reschedule(
    *, event: Event, start_date: dt.date, end_date: dt.date, opens_at: dt.datetime, closes_at: dt.datetime
) -> Event:
    """Move the event to other days with its registration window."""
    window = {"registration_opens_at": opens_at, "registration_closes_at": closes_at}
    return event_change(event=event, changes={"start_date": start_date, "end_date": end_date, **window})


COPIED = (
    "family",
    "zone",
    "place",
    "venue",
    "country",
    "workshop_region",
    "mode",
    "languages",
    "asks_nationality",
    "accent",
    "is_demonstration",
)
"""What a next edition takes over. The note tells of the facts of one edition, and goes with it."""


@transaction.atomic
def edition_make(*, source: Event, changes: Mapping[str, Any]) -> Event:
    """A draft with what `source` and its next edition share, and with `changes`.

    Raises ValidationError, also when the code is taken.
    """
    copied = {name: getattr(source, name) for name in COPIED}
    event = Event(**copied | {"state": Event.State.DRAFT} | dict(changes))
    event.full_clean()
    event.save(force_insert=True)
    return event
