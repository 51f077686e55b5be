"""Print the monitoring figures."""

import dataclasses
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from events.catalogue.designations import DISCLAIMER
from events.catalogue.models import Event, Family
from events.reports import selectors
from events.reports.figures import DEFINITIONS, NAMES, Figures
from events.reports.selectors import RecordedReport, Report, Span


class Command(BaseCommand):
    help = "Prints the monitoring figures of all events, of a year or of a family, as a table or as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int)
        parser.add_argument("--family", help="The address of a family, for example ephyto.")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        span = Span(options["year"], options["family"])
        if span.family and not Family.objects.filter(slug=span.family).exists():
            message = f"There is no family of events with the address {span.family!r}."
            raise CommandError(message)
        event_ids = list(Event.objects.values_list("pk", flat=True))
        reports = {
            name: selectors.report(
                list(selectors.events_reported(event_ids, span, demonstration=is_demonstration))
            )
            for name, is_demonstration in (("registrations", False), ("demonstration", True))
        }
        recorded = selectors.recorded(event_ids, span)
        if options["json"]:
            self.stdout.write(_as_json(span, reports, recorded))
        else:
            self.stdout.write("\n".join(_as_table(reports, recorded)))


def _as_json(span: Span, reports: dict[str, Report], recorded: list[RecordedReport]) -> str:
    content = {
        "span": dataclasses.asdict(span),
        "definitions": {name: str(words) for name, words in DEFINITIONS.items()},
        **{name: _report_as_json(report) for name, report in reports.items()},
        "recorded": [_recorded_as_json(group) for group in recorded],
        "disclaimer": str(DISCLAIMER),
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _report_as_json(report: Report) -> dict[str, Any]:
    return {
        "events": [event.code for event in report.events],
        "figures": dataclasses.asdict(report.figures),
        **{
            breakdown.name: {str(label): dataclasses.asdict(figures) for label, figures in breakdown.parts}
            for breakdown in report.breakdowns
        },
    }


def _recorded_as_json(group: RecordedReport) -> dict[str, Any]:
    fields = ("label", "participants", "countries", "women", "source")
    published = group.published
    return {
        "family": group.family.slug,
        "year": group.year,
        **dataclasses.asdict(group.total),
        "events": [{field: getattr(row, field) for field in fields} for row in group.rows],
        "published": published
        and {
            field: getattr(published, field)
            for field in ("participants", "countries", "source", "definition")
        },
    }


def _as_table(reports: dict[str, Report], recorded: list[RecordedReport]) -> list[str]:
    lines = [_("Counted from the registrations"), *_report_lines(reports["registrations"]), ""]
    if recorded:
        lines += [_("Recorded elsewhere"), *(line for group in recorded for line in _recorded_lines(group))]
    if reports["demonstration"].events:
        lines += [_("Demonstration, not real events"), *_report_lines(reports["demonstration"]), ""]
    lines += [_("What the figures mean")]
    lines += [f"  {NAMES[name]}: {words}" for name, words in DEFINITIONS.items()]
    return [*lines, "", str(DISCLAIMER)]


def _report_lines(report: Report) -> list[str]:
    lines = ["  " + "".join(f"{name!s:>26}" for name in NAMES.values()), _numbers(report.figures, "")]
    for breakdown in report.breakdowns:
        lines += [f"  {breakdown.title}"] if breakdown.parts else []
        lines += [_numbers(figures, str(label)) for label, figures in breakdown.parts]
    return lines


def _numbers(figures: Figures, label: str) -> str:
    return (
        "  " + "".join(f"{number:>26}" for number in dataclasses.astuple(figures)) + f"  {label}"
    ).rstrip()


def _recorded_lines(group: RecordedReport) -> list[str]:
    total, published = group.total, group.published
    lines = [f"  {group.family} {group.year}"]
    if group.rows:
        lines += [f"    {total.participants} participants in {total.events_known} events with a known number"]
    if total.missing:
        lines += [f"    Not found: {', '.join(total.missing)}"]
    if total.events_with_countries > 1:
        lines += [f"    Countries: at most {total.countries_at_most}, overlap unknown"]
    elif total.events_with_countries:
        lines += [f"    Countries: {total.countries_at_most}"]
    for row in group.rows:
        counts = [f"{value if value is not None else '–':>6}" for value in (row.participants, row.countries)]
        lines += [f"    {' '.join(counts)}  {row.label} [{row.source}]"]
    if published:
        numbers = f"{published.participants} participants, {published.countries} countries"
        lines += [f"    Published, not computed here: {numbers}"]
        lines += [f"      {published.definition} [{published.source}]"]
    return [*lines, ""]
