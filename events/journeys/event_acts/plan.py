"""What an act is going to do to an event, and doing it in one transaction with its history and its mails."""

import copy
import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ...access.row_acts import RefusedError
from ...catalogue.event_states import EventState, EventStep, possible
from ...catalogue.models import Event, EventChange
from ...catalogue.services import event_change
from ...catalogue.texts import Texts
from ...outbox.services import Recipient, queue_to_many
from ...registration.models import Registration
from ...registration.services import hold_everybody


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(ABC):
    """One act with what was chosen for it. `words` are the Secretariat's own, for everybody told.

    `fields` are the event's fields that the history keeps, before and after.
    """

    act: ClassVar[EventChange.Act]
    mail: ClassVar[str]
    fields: ClassVar[tuple[str, ...]]
    tells: bool = True
    words: Texts = field(default_factory=Texts)

    @abstractmethod
    def step(self) -> EventStep:
        """What happens to the event's state."""

    @abstractmethod
    def changes(self, event: Event) -> dict[str, Any]:
        """The event's fields as they are to become."""

    @abstractmethod
    def effects(self, event: Event) -> list[str]:
        """What is going to happen, in sentences for staff."""

    def objection(self, event: Event) -> str:
        """Why this cannot be done to `event`, "" when it can."""
        return ""

    @abstractmethod
    def follow(self, event: Event, held: Sequence[Registration], user: AbstractBaseUser) -> None:
        """Do what follows in the other rooms. `event` is as it was before; `held` are those with a place."""


def refusal(event: Event, plan: Plan) -> str:
    """Why the plan cannot be carried out, in words for staff; "" when it can."""
    if plan.step() not in possible(EventState(event.state)):
        return _("This is not possible for an event in the state “%(state)s”.") % {
            "state": event.get_state_display()
        }
    if why := plan.objection(event):
        return why
    try:
        as_planned(event, plan).clean()
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def as_planned(event: Event, plan: Plan) -> Event:
    """The event as it is going to be; nothing is saved."""
    changed = copy.copy(event)
    for name, value in plan.changes(event).items():
        setattr(changed, name, value)
    return changed


def change_for(event: Event, plan: Plan) -> EventChange:
    """The line of history for the plan, not yet saved; its event is as it is going to be."""
    changed = as_planned(event, plan)
    after = snapshot(changed, plan.fields) | ({"words": dict(plan.words)} if plan.words else {})
    return EventChange(event=changed, act=plan.act, before=snapshot(event, plan.fields), after=after)


def version(event: Event) -> str:
    """What changes whenever the event is saved: whoever saw one version acts on no other."""
    return event.updated_at.isoformat()


def current_as_seen(*, event: Event, seen: str) -> Event:
    """The event's row, locked after its counters; raises `RefusedError` when it is not the version `seen`."""
    current = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if version(current) != seen:
        raise RefusedError(_("The event was changed in the meantime. Look at what will happen once more."))
    return current


@transaction.atomic
def carry_out(*, event: Event, plan: Plan, user: AbstractBaseUser, seen: str) -> EventChange:
    """Do it: the event, what follows in the other rooms, the history and the mails, all or none.

    `seen` is the version of the event that the user was shown. The number of queries does not grow
    with the people but for the batches of rows. Raises `RefusedError`.
    """
    held = hold_everybody(event=event)
    current = current_as_seen(event=event, seen=seen)
    if why := refusal(current, plan):
        raise RefusedError(why)
    change = change_for(current, plan)
    change.event = event_change(event=current, changes=plan.changes(current))
    change.user_id, change.people = user.pk, len(held) if plan.tells else 0
    change.save(force_insert=True)
    plan.follow(current, held, user)
    if plan.tells:
        _tell(change, plan.mail, held)
    log(instance=change.event, action=f"events.{plan.act}", user=user)
    return change


def _tell(change: EventChange, kind: str, held: Sequence[Registration]) -> None:
    recipients = (
        Recipient(
            to=each.email,
            language=each.language,
            about={"registration": each.pk, "change": change.pk},
            once=f"{kind}:{change.pk}:{each.pk}",
        )
        for each in held
    )
    queue_to_many(kind=kind, recipients=recipients, event_id=change.event_id)


def snapshot(event: Event, fields: Sequence[str]) -> dict[str, Any]:
    """The fields' values as JSON: days and moments in ISO 8601, a country by its ISO 3166-1 code."""
    return {name: _plain(getattr(event, name)) for name in fields}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Model):
        return getattr(value, "iso2", value.pk)
    return dict(value) if isinstance(value, Texts) else value


def today(event: Event) -> dt.date:
    """The day it is in the event's zone."""
    return timezone.localdate(timezone=event.tz)
