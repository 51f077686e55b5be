"""The mail that invites somebody to the staff."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..outbox.models import Message
from ..outbox.rendering import Rendered
from ..registration.letter import Letter, set_letter
from .links import token_for
from .models import Invitation


def staff_invitation(message: Message) -> Rendered:
    """You are invited: with the link, valid once and for a week."""
    invitation = Invitation.objects.select_related("event", "invited_by").get(pk=message.about["invitation"])
    address = settings.SITE_URL + reverse("staff_invitation", args=(token_for(invitation.pk),))
    facts = [
        (_("Valid until"), date_format(timezone.localtime(invitation.expires_at), "DATETIME_FORMAT") + " UTC")
    ]
    if invitation.event:
        facts = [(_("Event"), str(invitation.event)), (_("Your role"), invitation.get_role_display()), *facts]
    letter = Letter(
        subject=_("Invitation to work on the IPPC Events site"),
        title=_("You are invited to work on this site"),
        greeting=_("Dear colleague,"),
        paragraphs=[
            _("%(person)s invites you to work on the site that registers participants for IPPC events.")
            % {"person": invitation.invited_by or _("The IPPC Secretariat")},
            _("The button below can be used once. If you did not expect this mail, do nothing."),
        ],
        facts=facts,
        action=(_("Accept the invitation"), address),
    )
    return set_letter(letter, invitation.event)
