"""What is done with one delegation: invite, end the link, note the credentials."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ...access.row_acts import RefusedError, RowAct
from .. import services
from ..models import Delegation

Credentials = Delegation.Credentials


def _invite(delegation: Delegation, user: Any, reason: str) -> None:
    try:
        services.invite(delegation=delegation)
    except services.JustInvitedError:
        raise RefusedError(_("The invitation was sent a moment ago, and not again.")) from None


def _revoke(delegation: Delegation, user: Any, reason: str) -> None:
    services.renew_link(delegation=delegation)


def _note(credentials: Credentials) -> Callable[..., None]:
    def do(delegation: Delegation, user: Any, reason: str) -> None:
        services.note_credentials(delegation=delegation, credentials=credentials)

    return do


def _has_not(credentials: Credentials) -> Callable[[Delegation], bool]:
    return lambda delegation: delegation.credentials != credentials


INVITE = RowAct(
    name="invite",
    label=_("Send the invitation"),
    question=_("The contact point gets the link to the delegation’s page, in their language."),
    done=_("The invitation to %(object)s is on its way."),
    do=_invite,
    possible=lambda delegation: True,
    icon="mail",
)
REVOKE = RowAct(
    name="revoke",
    label=_("End the link"),
    question=_(
        "Every link to this page that was sent so far opens nothing any more. "
        "Send the invitation again to give out a new one."
    ),
    done=_("The former link of %(object)s has ended."),
    do=_revoke,
    possible=lambda delegation: True,
    icon="cross",
    warning=True,
)
RECEIVED = RowAct(
    name="credentials_received",
    label=_("Credentials received"),
    question=_("The signed letter or the credentials have come, for example on paper."),
    done=_("Noted: the credentials of %(object)s were received."),
    do=_note(Credentials.RECEIVED),
    possible=_has_not(Credentials.RECEIVED),
)
ORIGINAL_SEEN = RowAct(
    name="original_seen",
    label=_("Original seen"),
    question=_("You have seen the original. The contact point cannot exchange the letter any more."),
    done=_("Noted: the original of %(object)s was seen."),
    do=_note(Credentials.ORIGINAL_SEEN),
    possible=_has_not(Credentials.ORIGINAL_SEEN),
)
NOT_RECEIVED = RowAct(
    name="credentials_missing",
    label=_("Credentials not received"),
    question=_("They were noted by mistake, or cannot be accepted."),
    done=_("Noted: the credentials of %(object)s are not there."),
    do=_note(Credentials.NONE),
    possible=_has_not(Credentials.NONE),
    icon="cross",
    warning=True,
)
DELEGATION_ACTS = (INVITE, ORIGINAL_SEEN, RECEIVED, NOT_RECEIVED, REVOKE)
