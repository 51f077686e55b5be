"""Reads for the figures and the list of participants."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..catalogue.models import Event, Family, PartyStatus
from ..catalogue.regions import FaoRegion, Status, WorkshopRegion
from ..checkin.models import Admission
from ..registration.models import Registration
from ..registration.states import State
from .figures import Figures, Recorded, RecordedTotal, Row, figures_by, figures_of, recorded_total
from .models import PublishedFigure, RecordedFigure
from .participants import Participant, listed

NOT_COUNTRIES = frozenset({"EU"})
"""Member organizations of FAO: contracting parties, but neither countries nor territories."""

_FIELDS = (
    "event",
    "name_folded",
    "email_folded",
    "representing",
    "country",
    "country__iso2",
    "country__fao_region",
    "country__workshop_region",
    "standing",
    "state",
    "was_admitted",
    "gender",
    "event__mode",
)
_NONE_REPRESENTED = _("No country or territory represented")


@dataclass(frozen=True, slots=True)
class Span:
    """Which events a report is about; None is all."""

    year: int | None = None
    family: str | None = None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The figures of each part of the whole."""

    name: str
    title: Promise
    parts: Sequence[tuple[str | Promise, Figures]]


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a set of events, whole and in parts."""

    events: Sequence[Event]
    figures: Figures
    breakdowns: Sequence[Breakdown]


@dataclass(frozen=True, slots=True)
class RecordedReport:
    """What is known of one family's events of one year that were held without this system."""

    family: Family
    year: int
    rows: Sequence[RecordedFigure]
    total: RecordedTotal
    published: PublishedFigure | None


def events_reported(event_ids: Collection[int], span: Span, *, demonstration: bool) -> QuerySet[Event]:
    """The events that count: neither drafts nor cancelled, and demonstrations never with real ones."""
    events = Event.objects.filter(pk__in=event_ids, is_demonstration=demonstration).filter(_within(span))
    held = events.exclude(state__in=[Event.State.DRAFT, Event.State.CANCELLED])
    here = Exists(Registration.objects.filter(event=OuterRef("pk")))
    return held.filter(here).select_related("family").order_by("start_date", "code")


def report(events: Sequence[Event]) -> Report:
    """The figures of these events. One query."""
    rows = rows_of([event.pk for event in events])
    titles = {event.pk: event for event in events}
    by_event = figures_by(rows, lambda row: row.event_id)
    nobody = figures_of(())
    return Report(
        events=events,
        figures=figures_of(rows),
        breakdowns=(
            Breakdown("event", _("By event"), [(str(titles[pk]), by_event.get(pk, nobody)) for pk in titles]),
            _breakdown(
                "fao_region", _("By FAO region"), rows, {**dict(FaoRegion.choices), "": _NONE_REPRESENTED}
            ),
            _breakdown(
                "workshop_region",
                _("By region of the IPPC workshops"),
                rows,
                {**dict(WorkshopRegion.choices), "": _NONE_REPRESENTED},
            ),
            _breakdown("gender", _("By gender"), rows, dict(Registration.Gender.choices)),
            _breakdown("mode", _("By mode"), rows, dict(Event.Mode.choices)),
        ),
    )


def rows_of(event_ids: Collection[int]) -> list[Row]:
    """Every registration of these events that counts, with the standing of its country on the first day."""
    before = PartyStatus.objects.filter(country=OuterRef("country"), since__lte=OuterRef("event__start_date"))
    standing = Subquery(before.order_by("-since").values("status")[:1])
    entrance = Admission.objects.filter(registration=OuterRef("pk"), checkpoint__session__isnull=True)
    counting = (
        Registration.objects.filter(event__in=event_ids)
        .annotate(was_admitted=Exists(entrance), standing=standing)
        .filter(Q(state=State.CONFIRMED) | Q(was_admitted=True))
    )
    return [_row(values) for values in counting.values(*_FIELDS)]


def participants_of(event: Event, *, attended_only: bool = False) -> list[Participant]:
    """The confirmed participants as an official list has them, in the active language. Two queries."""
    confirmed = Registration.objects.filter(event=event, state=State.CONFIRMED)
    entrance = Admission.objects.filter(registration__event=event, checkpoint__session__isnull=True)
    admitted = frozenset(entrance.values_list("registration_id", flat=True))
    rows = confirmed.select_related("category", "country", "rppo")
    return listed((row for row in rows if row.pk in admitted or not attended_only), admitted)


def recorded(event_ids: Collection[int], span: Span) -> list[RecordedReport]:
    """Recorded and published figures, newest year first. Three queries.

    An event with registrations here is left out: it is counted from them. Figures that belong to no
    event, and published ones, are public and shown to everybody who may see figures.
    """
    here = Exists(Registration.objects.filter(event=OuterRef("event")))
    rows = (
        RecordedFigure.objects.filter(Q(event__isnull=True) | Q(event__in=event_ids))
        .filter(~here)
        .select_related("family")
        .order_by(F("event__start_date").asc(nulls_last=True), "pk")
    )
    published = PublishedFigure.objects.select_related("family")
    if span.year:
        rows, published = rows.filter(year=span.year), published.filter(year=span.year)
    if span.family:
        rows, published = rows.filter(family__slug=span.family), published.filter(family__slug=span.family)
    return _grouped(list(rows), list(published))


def years_known(event_ids: Collection[int]) -> list[int]:
    """The years that a report can be asked for, newest first. Two queries."""
    held = Event.objects.filter(pk__in=event_ids).values_list("start_date__year", flat=True).distinct()
    return sorted({*held, *RecordedFigure.objects.values_list("year", flat=True)}, reverse=True)


def _within(span: Span) -> Q:
    year = Q(start_date__year=span.year) if span.year else Q()
    return year & (Q(family__slug=span.family) if span.family else Q())


def _row(values: dict[str, Any]) -> Row:
    represents = values["representing"] == Registration.Representing.COUNTRY and values["country"] is not None
    return Row(
        event_id=values["event"],
        name=values["name_folded"],
        email=values["email_folded"],
        country_id=values["country"] if represents else None,
        is_country=represents and values["country__iso2"] not in NOT_COUNTRIES,
        is_party=represents and values["standing"] == Status.CONTRACTING_PARTY,
        is_confirmed=values["state"] == State.CONFIRMED,
        was_admitted=values["was_admitted"],
        gender=values["gender"],
        mode=values["event__mode"],
        fao_region=values["country__fao_region"] if represents else "",
        workshop_region=values["country__workshop_region"] if represents else "",
    )


def _breakdown(name: str, title: Promise, rows: Sequence[Row], labels: dict[str, str | Promise]) -> Breakdown:
    parts = figures_by(rows, lambda row: getattr(row, name))
    return Breakdown(name, title, [(label, parts[key]) for key, label in labels.items() if key in parts])


def _grouped(rows: Sequence[RecordedFigure], published: Sequence[PublishedFigure]) -> list[RecordedReport]:
    totals = {(figure.family, figure.year): figure for figure in published}
    groups: dict[tuple[Family, int], list[RecordedFigure]] = {key: [] for key in totals}
    for row in rows:
        groups.setdefault((row.family, row.year), []).append(row)
    ordered = sorted(groups, key=lambda key: (-key[1], key[0].position, key[0].slug))
    return [
        RecordedReport(
            family=family,
            year=year,
            rows=groups[family, year],
            total=recorded_total(
                [Recorded(r.label, r.participants, r.countries) for r in groups[family, year]]
            ),
            published=totals.get((family, year)),
        )
        for family, year in ordered
    ]
