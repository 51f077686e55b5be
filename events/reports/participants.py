"""The official list of participants: its parts, its order, its lines. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..registration.models import Registration
from ..typed.names import fold

GROUPS: dict[str, Promise] = {
    Registration.Representing.COUNTRY: _("Countries and territories"),
    Registration.Representing.RPPO: _("Regional plant protection organizations"),
    Registration.Representing.ORGANIZATION: _("International organizations"),
    Registration.Representing.OTHER: _("Other participants"),
}
"""The parts of an official list, in its order."""

_ORDER = {representing: place for place, representing in enumerate(GROUPS)}


@dataclass(frozen=True, slots=True)
class Participant:
    """One line of the list."""

    group: str
    representing: str
    name: str
    function: str
    category: str
    attended: bool


def listed(rows: Iterable[Registration], admitted: frozenset[int]) -> list[Participant]:
    """The lines in the order of an official list, in the active language.

    `admitted` holds the primary keys of those who came.
    """
    return [_line(row, attended=row.pk in admitted) for row in sorted(rows, key=_place_in_list)]


def by_representation(participants: Sequence[Participant]) -> list[tuple[str, str, list[Participant]]]:
    """The lines under their headings: the part, who is represented, the people."""
    headed = groupby(participants, lambda person: (person.group, person.representing))
    return [(group, representing, list(people)) for (group, representing), people in headed]


def _place_in_list(row: Registration) -> tuple[int, str, str, int]:
    return _ORDER[row.representing], fold(row.representing_label), row.name_folded, row.pk


def _line(row: Registration, *, attended: bool) -> Participant:
    return Participant(
        group=str(GROUPS[row.representing]),
        representing=row.representing_label,
        name=row.name,
        function=row.function,
        category=str(row.category),
        attended=attended,
    )
