"""The badges of an event as one PDF: one page each (A6), or four on a sheet with cut marks (A4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils.translation import gettext as _

from ..catalogue.models import Event
from ..registration.models import Registration
from ..typesetting.pdf import typeset_apart
from .content import badges_of, lost_characters


class Sheet(StrEnum):
    """The paper."""

    A6 = "a6"
    A4 = "a4"


@dataclass(frozen=True, slots=True)
class PrintedBadges:
    """A PDF, and by reference the characters that no font holds and a box stands for."""

    pdf: bytes
    lost: dict[str, str]


def print_badges(event: Event, holders: Sequence[Registration], sheet: Sheet = Sheet.A6) -> PrintedBadges:
    """Typeset the badges of `holders` in their order, four a sheet row by row on A4."""
    title = _("Badges: %(event)s") % {"event": event.title}
    lost: dict[str, str] = {}

    def data() -> dict[str, object]:
        drawn = badges_of(event, holders, settings.BADGE_URL)
        lost.update(lost_characters(drawn))
        return {"title": title, "sheet": sheet, **drawn}

    return PrintedBadges(typeset_apart("badges/badge.typ", data), lost)
