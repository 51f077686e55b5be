"""The table of acts on an event: what each asks, shows and does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ...catalogue.event_states import EventState, EventStep, possible
from ...catalogue.models import Event, EventChange
from . import next_edition
from .forms import ActForm, CancelForm, EditionForm, MoveForm, PostponeForm, RenameForm
from .plan import carry_out, refusal
from .preview import MailPreview, mails_of


@dataclass(frozen=True, slots=True)
class EventAct:
    """One act. `steps` are those of which one must start from the event's state; none: any state will do."""

    name: EventChange.Act
    label: Any
    about: Any
    button: Any
    done: Any
    form: type[ActForm]
    icon: str
    steps: tuple[EventStep, ...] = ()
    warning: bool = False
    refusal: Callable[[Event, Any], str] = refusal
    effects: Callable[[Event, Any], list[str]] = lambda event, plan: plan.effects(event)
    mails: Callable[[Event, Any], list[MailPreview]] = mails_of
    do: Callable[..., EventChange] = carry_out

    def possible(self, event: Event) -> bool:
        """Whether the act is offered: never for what is over, but for its title and its next edition."""
        if not self.steps:
            return True
        return any(step in possible(EventState(event.state)) for step in self.steps)


EVENT_ACTS = (
    EventAct(
        name=EventChange.Act.POSTPONE,
        label=_("Postpone"),
        about=_(
            "New dates, or dates to be announced. Registrations are kept, and people are asked to reconfirm."
        ),
        button=_("Postpone now"),
        done=_("“%(event)s” is postponed."),
        form=PostponeForm,
        icon="date",
        steps=(EventStep.POSTPONE, EventStep.RESCHEDULE),
    ),
    EventAct(
        name=EventChange.Act.MOVE,
        label=_("Move"),
        about=_("In person, online or both, or another place or venue. The dates stay."),
        button=_("Move now"),
        done=_("“%(event)s” is moved."),
        form=MoveForm,
        icon="site",
        steps=(EventStep.ADAPT,),
    ),
    EventAct(
        name=EventChange.Act.RENAME,
        label=_("Rename"),
        about=_("Another title in six languages. The code and all addresses stay."),
        button=_("Rename now"),
        done=_("“%(event)s” has its new title."),
        form=RenameForm,
        icon="edit",
        steps=(EventStep.ADAPT,),
    ),
    EventAct(
        name=EventChange.Act.DUPLICATE,
        label=_("Next edition"),
        about=_("A new event as a draft, made from this one with its pages, but without people."),
        button=_("Make the next edition"),
        done=_("“%(event)s” is made, as a draft."),
        form=EditionForm,
        icon="copy",
        refusal=next_edition.refusal,
        effects=next_edition.effects,
        mails=lambda event, plan: [],
        do=next_edition.make,
    ),
    EventAct(
        name=EventChange.Act.CANCEL,
        label=_("Cancel the event"),
        about=_("The event does not take place. Every registration ends, and people are told. For good."),
        button=_("Cancel the event now"),
        done=_("“%(event)s” is cancelled."),
        form=CancelForm,
        icon="circle-xmark",
        steps=(EventStep.CANCEL,),
        warning=True,
    ),
)
