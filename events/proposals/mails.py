"""The mails that tell a proposer how the proposal stands, in the language of the proposed text."""

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..catalogue.dates import day_range
from ..outbox.models import Message
from ..outbox.rendering import Rendered
from ..registration.letter import Letter, set_letter
from .choice import address_of
from .models import Proposal
from .selectors import proposal_by_id


def received(message: Message) -> Rendered:
    """We have your proposal.

    It repeats nothing that was typed: a stranger may have entered this address, and the mail must not
    carry the stranger's words.
    """
    proposal = proposal_by_id(message.about["proposal"])
    letter = Letter(
        subject=_("We have received your event: %(calendar)s") % {"calendar": proposal.family.name.text()},
        title=_("We have received your event"),
        greeting=_("Dear Sir or Madam,"),
        paragraphs=[
            _("Thank you for proposing an event for our calendar."),
            _("If you did not, somebody else has entered your address. You need do nothing."),
        ],
        facts=_when_and_where(proposal),
        next_steps=[
            _("The IPPC Secretariat looks at the event before it is published."),
            _("We write to you when it is decided."),
        ],
    )
    return set_letter(letter, None)


def accepted(message: Message) -> Rendered:
    """Your event is in the calendar: here."""
    proposal = proposal_by_id(message.about["proposal"])
    address = address_of(proposal, get_language() or "en", today=timezone.now().date())
    return _letter(
        proposal,
        subject=_("Your event is in the calendar: %(title)s"),
        title=_("Your event is in the calendar"),
        paragraphs=[_("The IPPC Secretariat has accepted your event, and everybody can see it now.")],
        action=(_("See it in the calendar"), address),
    )


def refused(message: Message) -> Rendered:
    """Your event was not accepted, and why."""
    proposal = proposal_by_id(message.about["proposal"])
    return _letter(
        proposal,
        subject=_("Not accepted: %(title)s"),
        title=_("Your event was not accepted"),
        paragraphs=[_("We are sorry: your event was not taken into the calendar."), *_reason(proposal)],
    )


def taken_out(message: Message) -> Rendered:
    """Your event is no longer in the calendar, and why."""
    proposal = proposal_by_id(message.about["proposal"])
    return _letter(
        proposal,
        subject=_("Taken out of the calendar: %(title)s"),
        title=_("Your event was taken out of the calendar"),
        paragraphs=[_("Your event is no longer shown in the calendar."), *_reason(proposal)],
    )


def _letter(
    proposal: Proposal,
    *,
    subject: str,
    title: str,
    paragraphs: list[str],
    action: tuple[str, str] | None = None,
) -> Rendered:
    """A letter to whom staff have decided to answer; `subject` names the event."""
    letter = Letter(
        subject=subject % {"title": proposal.title},
        title=title,
        greeting=_("Dear %(name)s,") % {"name": proposal.proposer_name},
        paragraphs=[*paragraphs, _("If you have a question, answer this mail.")],
        facts=[(_("Event"), proposal.title), *_when_and_where(proposal)],
        action=action,
    )
    return set_letter(letter, None)


def _reason(proposal: Proposal) -> list[str]:
    return [_("The reason: %(reason)s") % {"reason": proposal.reason}] if proposal.reason else []


def _when_and_where(proposal: Proposal) -> list[tuple[str, str]]:
    facts = [
        (_("Calendar"), proposal.family.name.text()),
        (_("Dates"), day_range(proposal.start_date, proposal.end_date)),
        (_("Country or territory"), str(proposal.country or "")),
    ]
    return [(term, words) for term, words in facts if words]
