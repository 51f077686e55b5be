"""The list of participants as a file."""

from collections.abc import Callable, Sequence

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ..catalogue.dates import event_days
from ..catalogue.designations import DISCLAIMER
from ..catalogue.models import Event
from ..files.workbook import Sheet, workbook
from ..typesetting.pdf import typeset
from ..typesetting.words import direction_of, words
from .exporting import as_csv
from .participants import Participant, by_representation

COLUMNS = (_("Group"), _("Representing"), _("Name"), _("Function"), _("Category"), _("Attended"))
WIDTHS = (30, 38, 34, 34, 20, 10)
"""Of the spreadsheet's columns, in characters."""


def participants_xlsx(event: Event, participants: Sequence[Participant]) -> bytes:
    """An Excel workbook; every cell is text, so that no name is run as a formula."""
    rows = [
        [_heading(event)],
        [str(column) for column in COLUMNS],
        *map(_texts, participants),
        [],
        [str(DISCLAIMER)],
    ]
    sheet = Sheet(gettext("Participants"), rows, WIDTHS, bold=frozenset({0, 1}), frozen="A3")
    return workbook([sheet])


def participants_csv(event: Event, participants: Sequence[Participant]) -> bytes:
    """CSV as `as_csv` writes it."""
    rows = [[str(column) for column in COLUMNS], *map(_texts, participants), [], [str(DISCLAIMER)]]
    return as_csv(rows)


def participants_pdf(event: Event, participants: Sequence[Participant]) -> bytes:
    """The list on A4, under a heading for each country or organization."""
    language = get_language() or "en"
    headed = [
        {
            "group": group,
            "representing": words(representing, language),
            "people": [
                {"name": words(person.name, language), "function": words(person.function, language)}
                for person in people
            ],
        }
        for group, representing, people in by_representation(participants)
    ]
    data = {
        "language": language.partition("-")[0],
        "direction": direction_of(language),
        "title": words(str(event), language),
        "when": words(_joined(event_days(event), str(event.place)), language),
        "name": gettext("List of participants"),
        "demonstration": gettext("Demonstration, not a real event") if event.is_demonstration else "",
        "headed": headed,
        "disclaimer": str(DISCLAIMER),
    }
    return typeset("reports/participants.typ", data)


WRITERS: dict[str, Callable[[Event, Sequence[Participant]], bytes]] = {
    "xlsx": participants_xlsx,
    "csv": participants_csv,
    "pdf": participants_pdf,
}


def _texts(participant: Participant) -> list[str]:
    return [
        participant.group,
        participant.representing,
        participant.name,
        participant.function,
        participant.category,
        gettext("yes") if participant.attended else gettext("no"),
    ]


def _heading(event: Event) -> str:
    demonstration = gettext("Demonstration, not a real event") if event.is_demonstration else ""
    return _joined(gettext("List of participants"), str(event), event.code, demonstration)


def _joined(*parts: str) -> str:
    return " – ".join(part for part in parts if part)
