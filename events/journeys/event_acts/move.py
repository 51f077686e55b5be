"""Moving an event: to another place, or to in person, online or both. The days stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from ...catalogue.event_states import EventStep
from ...catalogue.models import Country, Event, EventChange
from ...catalogue.texts import Texts
from ...programme.services import programme_move
from ...registration.models import Registration
from .plan import Plan, as_planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Plan):
    """How and where the event takes place."""

    act: ClassVar = EventChange.Act.MOVE
    mail: ClassVar = "event-moved"
    fields: ClassVar = ("mode", "place", "venue", "country", "zone")
    mode: str
    place: Texts
    venue: str
    country: Country | None
    zone: str

    def step(self) -> EventStep:
        """The state stays."""
        return EventStep.ADAPT

    def objection(self, event: Event) -> str:
        """Not to where it is."""
        if any(getattr(event, name) != value for name, value in self.changes(event).items()):
            return ""
        return _("This is how and where the event takes place already.")

    def changes(self, event: Event) -> dict[str, Any]:
        """All that says how and where."""
        return {name: getattr(self, name) for name in self.fields}

    def follow(self, event: Event, held: Sequence[Registration], user: AbstractBaseUser) -> None:
        """In another zone, sessions keep their hours on the wall."""
        if self.zone != event.zone:
            programme_move(event=event, days=0, to_zone=ZoneInfo(self.zone))

    def effects(self, event: Event) -> list[str]:
        """What it was and becomes, sessions, calendars."""
        words = [
            _("Until now: %(before)s.") % {"before": how_and_where(event)},
            _("From now on: %(after)s.") % {"after": how_and_where(as_planned(event, self))},
        ]
        if self.zone != event.zone:
            words.append(
                _("The time zone becomes %(zone)s: sessions keep their hours on the wall of the new place.")
                % {"zone": self.zone}
            )
            words.append(_("Registration opens and closes at the same moments as before."))
        return [
            *words,
            _("The days, registrations and tickets stay as they are."),
            _("Calendars show the new place when they next look."),
        ]


def how_and_where(event: Event) -> str:
    """Mode, venue and place in the active language, such as Online or In person, Hall A, Nairobi."""
    parts = (event.get_mode_display(), event.venue, event.place.text())
    return _(", ").join(str(part) for part in parts if part)
