"""The families and the events that took place or were planned, with the counts known from their sources."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from ...catalogue.models import Country, Event, Family
from ...catalogue.services import add_events, add_families
from ...reports.models import PublishedFigure, RecordedFigure
from .content import content
from .programme import add_symposium_programme

_SYMPOSIUM = "EPHYTO-2018"


@transaction.atomic
def add_real_events() -> list[Event]:
    """Add the families, events and figures that are missing; existing rows stay as staff left them."""
    entries = content("real_events")
    add_families(
        families=[Family(position=n, **facts) for n, facts in enumerate(content("families")["family"])]
    )
    families = {family.slug: family for family in Family.objects.all()}
    added = _add_with_parents(entries["event"], families)
    _add_recorded_figures(entries, families, added)
    _add_published_figures(entries["published"], families)
    for event in added:
        if event.code == _SYMPOSIUM:
            add_symposium_programme(event)
    return added


def _add_with_parents(entries: Sequence[Mapping[str, Any]], families: Mapping[str, Family]) -> list[Event]:
    """Main events first, so that side events find their parent's row."""
    countries = {country.iso2: country for country in Country.objects.only("iso2")}
    added = add_events(events=[_event(e, families, countries) for e in entries if "parent" not in e])
    parents = {
        event.code: event for event in Event.objects.filter(code__in={e.get("parent") for e in entries})
    }
    side_events = [
        _event(e, families, countries, parent=parents[e["parent"]])
        for e in entries
        if e.get("parent") in parents
    ]
    return added + add_events(events=side_events)


def _event(
    entry: Mapping[str, Any],
    families: Mapping[str, Family],
    countries: Mapping[str, Country],
    parent: Event | None = None,
) -> Event:
    return Event(
        code=entry["code"],
        family=families[entry["family"]],
        parent=parent,
        title=entry["title"],
        start_date=entry["start"],
        end_date=entry["end"],
        zone=entry["zone"],
        place=entry.get("place", {}),
        venue=entry.get("venue", ""),
        country=countries[entry["country"]] if "country" in entry else None,
        workshop_region=entry.get("workshop_region", ""),
        mode=entry["mode"],
        languages=entry.get("languages", []),
        state=entry.get("state", Event.State.ANNOUNCED),
        note=entry.get("note", {}),
    )


def _add_recorded_figures(
    entries: Mapping[str, Any], families: Mapping[str, Family], added: Sequence[Event]
) -> None:
    counts = {entry["code"]: entry["figures"] for entry in entries["event"] if "figures" in entry}
    of_events = [_figure_of(event, counts[event.code]) for event in added if event.code in counts]
    without_event = [
        RecordedFigure(**{**facts, "family": families[facts["family"]]}) for facts in entries["figure"]
    ]
    RecordedFigure.objects.bulk_create([*of_events, *without_event], ignore_conflicts=True)


def _figure_of(event: Event, counts: Mapping[str, Any]) -> RecordedFigure:
    about = f" ({counts['about']})" if "about" in counts else ""
    return RecordedFigure(
        event=event,
        family=event.family,
        year=event.start_date.year,
        label=event.title.text("en"),
        workshop_region=event.workshop_region,
        participants=counts.get("participants"),
        countries=counts.get("countries"),
        women=counts.get("women"),
        source=counts["source"] + about,
    )


def _add_published_figures(entries: Sequence[Mapping[str, Any]], families: Mapping[str, Family]) -> None:
    PublishedFigure.objects.bulk_create(
        [PublishedFigure(**{**facts, "family": families[facts["family"]]}) for facts in entries],
        ignore_conflicts=True,
    )
