"""The template of a list, in the active language: headings, and what may stand below them."""

import csv
import io
from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from ..files.workbook import Sheet, workbook
from .lists import COLUMNS

ROLES = ("Head of delegation", "Alternate", "Adviser")
"""The roles, as the model of a registration names them."""

_WIDTHS = (24, 24, 34, 34, 34, 16)


def template_xlsx(categories: Sequence[tuple[str, str]]) -> bytes:
    """A workbook to fill in; its second sheet tells the letters of the categories and the roles."""
    roles = [_(role) for role in ROLES]
    languages = [str(name) for _code, name in settings.LANGUAGES]
    letters = [letter for letter, _label in categories]
    people = Sheet(
        _("Delegation"),
        [[str(heading) for heading in COLUMNS.values()]],
        _WIDTHS,
        bold=frozenset({0}),
        frozen="A2",
        choices={0: roles, 1: letters, 5: languages},
    )
    explained = [
        [str(COLUMNS["category"])],
        *([letter, label] for letter, label in categories),
        [],
        [str(COLUMNS["role"])],
        *([role] for role in roles),
        [],
        [str(COLUMNS["language"])],
        *([language] for language in languages),
    ]
    bold = {0, len(categories) + 2, len(categories) + len(roles) + 4}
    return workbook([people, Sheet(_("What to enter"), explained, (24, 60), bold=frozenset(bold))])


def template_csv() -> bytes:
    """The headings alone, in UTF-8 with a mark for Excel."""
    file = io.StringIO()
    csv.writer(file).writerow([str(heading) for heading in COLUMNS.values()])
    return file.getvalue().encode("utf-8-sig")
