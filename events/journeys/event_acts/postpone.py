"""Postponing: to other days, or until other days are known. Registrations are kept."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...catalogue.dates import day_range, long_moment, zone_label
from ...catalogue.event_states import EventState, EventStep, after
from ...catalogue.models import Event, EventChange
from ...catalogue.wall_time import moved
from ...programme.services import programme_move
from ...registration.models import Registration
from ...registration.services import ask_no_more, ask_to_reconfirm
from ...registration.waiting import renew_offers
from .plan import Plan, today


class WindowChoice(StrEnum):
    """What becomes of the time in which one can register."""

    MOVE = "move"
    KEEP = "keep"
    SET = "set"


@dataclass(frozen=True, slots=True, kw_only=True)
class Postponement(Plan):
    """Other days, or none while they are not known. Moments go with `WindowChoice.SET` only."""

    act: ClassVar = EventChange.Act.POSTPONE
    mail: ClassVar = "event-postponed"
    fields: ClassVar = (
        "state",
        "start_date",
        "end_date",
        "registration_opens_at",
        "registration_closes_at",
    )
    start: dt.date | None = None
    end: dt.date | None = None
    window: WindowChoice = WindowChoice.MOVE
    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None

    def step(self) -> EventStep:
        """New days announce the event again; without them it waits."""
        return EventStep.RESCHEDULE if self.start else EventStep.POSTPONE

    def objection(self, event: Event) -> str:
        """Not an event that is over, not into the past, not to the days it has."""
        if event.is_over:
            return _("This event is over.")
        if self.start is None:
            return ""
        if self.start < today(event):
            return _("The new first day has passed already.")
        same = (self.start, self.end) == (event.start_date, event.end_date)
        if same and event.state == EventState.ANNOUNCED:
            return _("These are the dates that the event has already.")
        return ""

    def changes(self, event: Event) -> dict[str, Any]:
        """State, and with new days the days and the time of registration."""
        state = after(EventState(event.state), self.step())
        if self.start is None:
            return {"state": state}
        opens, closes = self._window(event)
        return {
            "state": state,
            "start_date": self.start,
            "end_date": self.end,
            "registration_opens_at": opens,
            "registration_closes_at": closes,
        }

    def follow(self, event: Event, held: Sequence[Registration], user: AbstractBaseUser) -> None:
        """Sessions move by the same days, and everybody with a place is asked; without days nobody is."""
        if self.start is None:
            ask_no_more(event=event)
            return
        if days := self._days(event):
            programme_move(event=event, days=days)
        ask_to_reconfirm(event=event)
        renew_offers(event=event)

    def effects(self, event: Event) -> list[str]:
        """Days, registration, sessions, calendars."""
        if self.start is None or self.end is None:
            return [
                _("The event is shown as postponed, with new dates to be announced instead of %(days)s.")
                % {"days": day_range(event.start_date, event.end_date)},
                _("Nobody can register until you enter the new dates, by this same act."),
                _("Registrations and tickets are kept; sessions stay as they are."),
                _("Calendars show the event as tentative."),
            ]
        return [
            _("The event takes place on %(new)s instead of %(former)s.")
            % {
                "new": day_range(self.start, self.end),
                "former": day_range(event.start_date, event.end_date),
            },
            *self._window_words(event),
            *self._session_words(event),
            _("Registrations and tickets are kept. Everybody with a place is asked whether they still come."),
            _("Pages show both dates at once; calendars move the event when they next look."),
        ]

    def _days(self, event: Event) -> int:
        return (self.start - event.start_date).days if self.start else 0

    def _window(self, event: Event) -> tuple[dt.datetime | None, dt.datetime | None]:
        if self.window is WindowChoice.SET:
            return self.opens_at, self.closes_at
        now = event.registration_opens_at, event.registration_closes_at
        if self.window is WindowChoice.KEEP:
            return now
        opens, closes = (moment and moved(moment, event.tz, self._days(event)) for moment in now)
        # What is open already is not shut again by moving its opening into the future.
        has_opened = now[0] is not None and now[0] <= timezone.now()
        return now[0] if has_opened else opens, closes

    def _window_words(self, event: Event) -> list[str]:
        opens, closes = self._window(event)
        words = []
        if opens and opens > timezone.now():
            words.append(_("Registration opens on %(moment)s.") % {"moment": _in_zone(opens, event)})
        if closes:
            words.append(_("Registration closes on %(moment)s.") % {"moment": _in_zone(closes, event)})
        return words

    def _session_words(self, event: Event) -> list[str]:
        sessions, days = event.sessions.count(), self._days(event)
        if not sessions or not days:
            return []
        moved_on = ngettext(
            "%(count)d session moves by %(days)d days and keeps its hours.",
            "%(count)d sessions move by %(days)d days and keep their hours.",
            sessions,
        )
        return [moved_on % {"count": sessions, "days": days}]


def _in_zone(moment: dt.datetime, event: Event) -> str:
    return f"{long_moment(moment, event.tz)}, {zone_label(event.tz, moment)}"
