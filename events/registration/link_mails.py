"""The mails that bring a link to somebody who has none: a saved form, a lost personal link."""

from django.utils.translation import gettext as _

from ..catalogue.models import Event
from ..outbox.models import Message
from ..outbox.rendering import Rendered
from . import link
from .beginnings import Draft
from .letter import Letter, marked, set_letter
from .selectors import open_registrations_of


def draft(message: Message) -> Rendered:
    """The link to a form half filled in."""
    saved = Draft.objects.select_related("event__family").get(pk=message.about["draft"])
    event = saved.event
    letter = Letter(
        subject=marked(_("Finish your registration: %(event)s") % {"event": event.title.text()}, event),
        title=_("Your form is saved"),
        greeting=_("Hello,"),
        paragraphs=[
            _("You are not registered yet, and no place is kept for you."),
            _("Open the link below to go on where you stopped. We keep your answers for 30 days."),
            _("Keep the link to yourself: whoever has it can read what you have typed."),
        ],
        facts=[(_("Event"), event.title.text())],
        action=(
            _("Go on with my registration"),
            link.draft_address(code=event.code, public_id=saved.public_id),
        ),
    )
    return set_letter(letter, event)


def lost_link(message: Message) -> Rendered:
    """The personal links of the open registrations with this address."""
    event = Event.objects.select_related("family").get(pk=message.about["event"])
    found = open_registrations_of(event, message.to)
    letter = Letter(
        subject=marked(_("Your link: %(event)s") % {"event": event.title.text()}, event),
        title=_("Your personal link"),
        greeting=_("Hello,"),
        paragraphs=[
            _("Somebody, probably you, asked for the link to your registration on our site."),
            _("Keep it to yourself: whoever has it can read and change your registration.")
            if found
            else _("No open registration for this event has this address. Perhaps you used another one."),
        ],
        facts=[
            (_("Event"), event.title.text()),
            *(
                (
                    f"{each.name} ({each.reference})",
                    link.personal_address(each.public_id, each.link_version),
                )
                for each in found
            ),
        ],
    )
    return set_letter(letter, event)
