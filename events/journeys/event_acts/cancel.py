"""Cancelling an event: every registration ends with it, each with its audit line and its mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from ...catalogue.event_states import EventState, EventStep, after
from ...catalogue.models import Event, EventChange
from ...registration.models import Registration, StateChange
from ...registration.services import Actor, cancel_everybody
from ...tickets.services import revoke_tickets
from .plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancellation(Plan):
    """The event does not take place. It cannot be taken back."""

    act: ClassVar = EventChange.Act.CANCEL
    mail: ClassVar = "event-cancelled"
    fields: ClassVar = ("state", "start_date", "end_date")

    def step(self) -> EventStep:
        """The last one."""
        return EventStep.CANCEL

    def objection(self, event: Event) -> str:
        """Not an event that took place."""
        return _("This event is over.") if event.is_over else ""

    def changes(self, event: Event) -> dict[str, Any]:
        """The state alone: the days tell what was planned."""
        return {"state": after(EventState(event.state), self.step())}

    def follow(self, event: Event, held: Sequence[Registration], user: AbstractBaseUser) -> None:
        """No ticket opens a door, and every registration ends."""
        revoke_tickets(event=event)
        actor = Actor(StateChange.Actor.STAFF, user)
        cancel_everybody(held=held, event=event, actor=actor, reason=_("The event was cancelled."))

    def effects(self, event: Event) -> list[str]:
        """Pages, registrations, tickets, calendars."""
        return [
            _("The pages say that the event is cancelled. They stay where they are."),
            _("Nobody can register any more, and every registration is cancelled with its ticket."),
            _("Calendars strike the event and its sessions out when they next look."),
            _("This cannot be taken back."),
        ]
