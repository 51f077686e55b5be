"""The acts on one registration: decide, refuse with a reason, offer a place, move to the front."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ...access.row_acts import REASON_LENGTH, RefusedError, RowAct
from ...journeys import decide
from ..models import Registration, StateChange
from ..places import NoPlaceLeftError
from ..reasons import RefusalReason, as_kept
from ..services import Actor
from ..states import NotAllowedError, State, Transition, possible
from ..waiting import move_to_front, offer


class RefusalForm(forms.Form):
    """Why a registration is not approved: a standard reason, which is translated, and own words."""

    code = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose a reason")), *RefusalReason.choices],
        help_text=_("It is mailed in the person's language."),
        error_messages={"required": _("Choose the reason: it is mailed to the person.")},
    )
    words = forms.CharField(
        label=_("In your own words"),
        help_text=_("It is mailed as you write it, so write in a language that the person reads."),
        max_length=REASON_LENGTH - 20,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> None:
        """Another reason must be told."""
        given = self.cleaned_data
        if given.get("code") == RefusalReason.OTHER and not given.get("words") and "words" not in self.errors:
            self.add_error("words", _("Write the reason: it is mailed to the person."))


def _acted(act: Any, *, as_actor: bool = False) -> Any:
    def do(registration: Registration, user: Any, reason: str) -> None:
        who = {"actor": Actor(StateChange.Actor.STAFF, user)} if as_actor else {"user": user}
        try:
            act(registration=registration, reason=reason, **who)
        except NotAllowedError:
            raise RefusedError(
                _("Nothing was changed: this registration was decided on in the meantime.")
            ) from None
        except NoPlaceLeftError:
            raise RefusedError(_("Nothing was changed: no place is free.")) from None

    return do


def _refuse(registration: Registration, user: Any, given: dict[str, str]) -> None:
    _acted(decide.refuse)(registration, user, as_kept(given["code"], given["words"]))


def _open_to(transition: Transition) -> Any:
    return lambda registration: transition in possible(State(registration.state))


APPROVE = RowAct(
    name="approve",
    label=_("Approve"),
    question=_("The person is confirmed and gets their ticket by e-mail now."),
    done=_("%(object)s is confirmed; the ticket is on its way."),
    do=_acted(decide.approve),
    possible=_open_to(Transition.APPROVE),
    asks_reason=True,
)
REFUSE = RowAct(
    name="refuse",
    label=_("Refuse"),
    question=_(
        "The person is told by e-mail that the registration was not approved. The place is free again."
    ),
    done=_("%(object)s is refused; the person is told by e-mail."),
    do=_refuse,
    possible=_open_to(Transition.REFUSE),
    form=RefusalForm,
    icon="cross",
    warning=True,
)
CANCEL = RowAct(
    name="cancel",
    label=_("Cancel the registration"),
    question=_("The ticket ends, the place is free again, and the person is told by e-mail."),
    done=_("%(object)s is cancelled; the person is told by e-mail."),
    do=_acted(decide.cancel),
    possible=_open_to(Transition.CANCEL),
    asks_reason=True,
    icon="circle-xmark",
    warning=True,
)
OFFER = RowAct(
    name="offer",
    label=_("Offer a place"),
    question=_(
        "The person is offered a free place now, ahead of those who have waited longer. "
        "They get a mail and some time to accept it."
    ),
    done=_("%(object)s is offered a place; the mail is on its way."),
    do=_acted(offer, as_actor=True),
    possible=_open_to(Transition.OFFER),
    asks_reason=True,
    reason_hint=_("Why out of order, for example regional balance. It is kept in the history, not mailed."),
    icon="plus",
)
ADVANCE = RowAct(
    name="advance",
    label=_("Move to the front"),
    question=_("The person becomes the next on the waiting list of the category. They see it on their page."),
    done=_("%(object)s is the next on the waiting list."),
    do=_acted(move_to_front, as_actor=True),
    possible=_open_to(Transition.ADVANCE),
    asks_reason=True,
    reason_hint=_("Why out of order, for example regional balance. It is kept in the history, not mailed."),
    icon="arrow-up",
)
ACTS = (APPROVE, REFUSE, OFFER, ADVANCE, CANCEL)
