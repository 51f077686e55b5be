"""The mails to many, one to each person. The outbox calls these in the language of the message."""

from django.utils.translation import gettext as _

from ..catalogue.models import Event
from ..outbox.models import Message
from ..outbox.rendering import Rendered
from ..registration.beginnings import Draft
from ..registration.letter import Letter, marked, overtaken, set_letter
from ..registration.selectors import registration_by_id
from .letters import REMINDED_STATE, mailing_letter, reminder_letter, unfinished_letter
from .models import Mailing, Reminder


def mailing(message: Message) -> Rendered:
    """A mailing, as it was written when the sending began."""
    registration = registration_by_id(message.about["registration"])
    written = Mailing.objects.get(pk=message.about["mailing"])
    return set_letter(mailing_letter(written, registration), registration.event)


def reminder(message: Message) -> Rendered:
    """A reminder of a registration; where nothing is to be reminded of any more, how it stands now."""
    registration = registration_by_id(message.about["registration"])
    written = Reminder.objects.get(pk=message.about["reminder"])
    still = registration.state == REMINDED_STATE[Reminder.Kind(written.kind)]
    if not still or registration.event.state != Event.State.ANNOUNCED:
        return overtaken(registration)
    return set_letter(reminder_letter(written, registration), registration.event)


def unfinished(message: Message) -> Rendered:
    """A reminder of a form that was saved and not sent."""
    draft = Draft.objects.select_related("event__family").get(pk=message.about["draft"])
    written = Reminder.objects.get(pk=message.about["reminder"])
    if draft.finished_at:
        return set_letter(_finished(draft.event), draft.event)
    return set_letter(unfinished_letter(written, draft), draft.event)


def _finished(event: Event) -> Letter:
    title = _("Your form has been sent")
    return Letter(
        subject=marked(f"{title}: {event.title.text()}", event),
        title=title,
        greeting=_("Hello,"),
        paragraphs=[_("There is nothing left to do: what you saved was sent in the meantime.")],
        facts=[(_("Event"), event.title.text())],
    )
