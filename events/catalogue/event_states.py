"""The states of an event and the only ways between them. Pure: no request, no database."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventState(models.TextChoices):
    """Where an event stands."""

    DRAFT = "draft", _("Draft")
    ANNOUNCED = "announced", _("Announced")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


class EventStep(StrEnum):
    """What can happen to an event. Postponed stands for dates that are not known yet."""

    ANNOUNCE = "announce"
    TAKE_BACK = "take back"
    POSTPONE = "postpone"
    RESCHEDULE = "reschedule"
    ADAPT = "adapt"
    CANCEL = "cancel"


class StepNotAllowedError(Exception):
    """The step does not start from this state."""


_WAYS: dict[tuple[EventState, EventStep], EventState] = {
    (EventState.DRAFT, EventStep.ANNOUNCE): EventState.ANNOUNCED,
    (EventState.ANNOUNCED, EventStep.TAKE_BACK): EventState.DRAFT,
    (EventState.ANNOUNCED, EventStep.POSTPONE): EventState.POSTPONED,
    (EventState.ANNOUNCED, EventStep.RESCHEDULE): EventState.ANNOUNCED,
    (EventState.ANNOUNCED, EventStep.ADAPT): EventState.ANNOUNCED,
    (EventState.ANNOUNCED, EventStep.CANCEL): EventState.CANCELLED,
    (EventState.POSTPONED, EventStep.RESCHEDULE): EventState.ANNOUNCED,
    (EventState.POSTPONED, EventStep.ADAPT): EventState.POSTPONED,
    (EventState.POSTPONED, EventStep.CANCEL): EventState.CANCELLED,
}

_BY_FORM = (EventStep.ANNOUNCE, EventStep.TAKE_BACK)
"""What needs no act of its own, since nobody has to be told."""


def after(state: EventState, step: EventStep) -> EventState:
    """The state after `step`; raises `StepNotAllowedError` when it does not start from `state`."""
    try:
        return _WAYS[state, step]
    except KeyError:
        raise StepNotAllowedError(f"{step} from {state}") from None


def possible(state: EventState) -> tuple[EventStep, ...]:
    """The steps that start from `state`."""
    return tuple(step for start, step in _WAYS if start == state)


def by_form(state: EventState) -> tuple[EventState, ...]:
    """The states that an editor may choose for an event in `state`; the rest has an act of its own."""
    return (state, *(_WAYS[state, step] for step in _BY_FORM if (state, step) in _WAYS))
