"""The mail that invites somebody to register. The outbox calls it in the language of the message."""

from django.utils.translation import gettext as _

from ..catalogue.dates import zoned_moment
from ..outbox.models import Message
from ..outbox.rendering import Rendered
from . import link
from .beginnings import PersonalInvitation
from .letter import Letter, facts_of, marked, set_letter


def invitation(message: Message) -> Rendered:
    """You are invited; this link is for you alone."""
    rows = PersonalInvitation.objects.select_related("event__family", "category")
    invited = rows.get(pk=message.about["invitation"])
    return set_letter(_ended(invited) if invited.revoked_at else _open(invited), invited.event)


def _open(invited: PersonalInvitation) -> Letter:
    event = invited.event
    return Letter(
        subject=marked(_("You are invited: %(event)s") % {"event": event.title.text()}, event),
        title=_("You are invited"),
        greeting=_greeting(invited),
        paragraphs=[
            _("The IPPC Secretariat invites you to take part in this event."),
            _("Please register with the button below. It takes a few minutes, and no account is needed."),
            _("This link is for you alone and works once. Places are given in the order of registration."),
        ],
        facts=facts_of(
            event,
            (_("How you take part"), str(invited.category)),
            (_("Please register by"), zoned_moment(invited.expires_at, event.tz)),
        ),
        action=(_("Register"), _address(invited)),
    )


def _ended(invited: PersonalInvitation) -> Letter:
    event = invited.event
    return Letter(
        subject=marked(_("Invitation ended: %(event)s") % {"event": event.title.text()}, event),
        title=_("Your invitation has ended"),
        greeting=_greeting(invited),
        paragraphs=[_("The Secretariat has ended this invitation. If you think this is a mistake, answer.")],
        facts=[(_("Event"), event.title.text())],
    )


def _greeting(invited: PersonalInvitation) -> str:
    return _("Dear %(name)s,") % {"name": invited.name} if invited.name else _("Dear colleague,")


def _address(invited: PersonalInvitation) -> str:
    return link.invitation_address(
        code=invited.event.code, public_id=invited.public_id, version=invited.link_version
    )
