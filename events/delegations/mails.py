"""The mails to contact points, and about their nominations.

The outbox calls these in the language of the message.
"""

from django.utils.translation import gettext as _

from ..journeys.delegation.standing import moment_of, standing_of
from ..outbox.models import Message
from ..outbox.rendering import Rendered
from ..registration.letter import Letter, facts_of, letter_to, marked, set_letter
from ..registration.selectors import registration_by_id
from ..registration.states import State
from .link import address_of
from .models import ContactPoint, Delegation
from .selectors import delegation_by_id


def invitation(message: Message) -> Rendered:
    """Please nominate your delegation: here, until then, so many."""
    delegation = delegation_by_id(message.about["delegation"])
    return _letter(
        delegation,
        delegation.contact_point,
        subject=_("Nominate your delegation: %(event)s"),
        title=_("Nominate your delegation"),
        paragraphs=[
            _("The IPPC Secretariat invites %(party)s to nominate its delegation to this event.")
            % {"party": delegation.party},
            _("Open the page of your delegation. No account is needed."),
            _keep_to_yourself(),
        ],
        next_steps=[
            _("Add people one by one, or send a list: a template is on the page."),
            _("Each person is asked by e-mail to confirm their own details."),
            _("Attach the signed letter or the credentials once for the whole delegation."),
        ],
        has_link=True,
    )


def for_successor(message: Message) -> Rendered:
    """The page is yours now."""
    delegation = delegation_by_id(message.about["delegation"])
    before = delegation.contact_point.predecessor
    return _letter(
        delegation,
        delegation.contact_point,
        subject=_("The delegation is yours now: %(event)s"),
        title=_("The delegation is in your hands now"),
        paragraphs=[
            _("%(name)s has handed over to you the page of this delegation.")
            % {"name": before.name if before else delegation.party},
            _keep_to_yourself(),
            _("If you do not know what this is about, answer this mail."),
        ],
        has_link=True,
    )


def handed_over(message: Message) -> Rendered:
    """To the predecessor: your link has ended."""
    delegation = delegation_by_id(message.about["delegation"])
    return _letter(
        delegation,
        ContactPoint.objects.get(pk=message.about["contact_point"]),
        subject=_("You have handed over: %(event)s"),
        title=_("You have handed over your delegation"),
        paragraphs=[
            _("Your link to the page of the delegation has ended. Your successor has a new one."),
            _("If this was not you, answer this mail at once."),
        ],
    )


def successor_notice(message: Message) -> Rendered:
    """To the Secretariat: somebody else nominates now."""
    delegation = delegation_by_id(message.about["delegation"])
    point = ContactPoint.objects.select_related("predecessor").get(pk=message.about["contact_point"])
    before = point.predecessor.name if point.predecessor else "–"
    letter = Letter(
        subject=_("Handed over: %(party)s, %(event)s")
        % {"party": delegation.party, "event": delegation.event.code},
        title=_("A delegation was handed over"),
        greeting=_("Dear colleague,"),
        paragraphs=[
            _("The contact point has named a successor, who has a new link. The former link has ended."),
            _("Check the entry under “Contact points”. If it is wrong, put it right there."),
        ],
        facts=[
            (_("Event"), delegation.event.title.text()),
            (_("Delegation"), delegation.party),
            (_("Former contact point"), before),
            (_("Successor"), f"{point.name} <{point.email}>"),
        ],
    )
    return set_letter(letter, delegation.event)


def news(message: Message) -> Rendered:
    """Of one of your nominees: not approved, withdrawn, or cancelled."""
    delegation = delegation_by_id(message.about["delegation"])
    registration = registration_by_id(message.about["nominee"])
    said = {
        State.REFUSED: _("The IPPC Secretariat could not approve %(name)s."),
        State.WITHDRAWN: _("%(name)s has withdrawn."),
        State.CANCELLED: _("The IPPC Secretariat has cancelled the registration of %(name)s."),
    }
    words = said.get(State(registration.state), _("The nomination of %(name)s has changed."))
    return _letter(
        delegation,
        delegation.contact_point,
        subject=_("A nominee does not come: %(event)s"),
        title=_("A nominee does not come"),
        paragraphs=[
            words % {"name": registration.name},
            _("The place is free again: you can nominate somebody else while places are left."),
        ],
        has_link=True,
    )


def nomination_withdrawn(message: Message) -> Rendered:
    """To the person: your nomination was withdrawn."""
    registration = registration_by_id(message.about["registration"])
    letter = letter_to(
        registration,
        subject=_("Your nomination has ended: %(event)s (%(reference)s)"),
        title=_("Your nomination was withdrawn"),
        paragraphs=[
            _("The contact point who nominated you has withdrawn your nomination."),
            _("If you had a ticket, it no longer opens the door."),
            _("If you think this is a mistake, write to your contact point."),
        ],
    )
    return set_letter(letter, registration.event)


def _letter(
    delegation: Delegation,
    reader: ContactPoint,
    *,
    subject: str,
    title: str,
    paragraphs: list[str],
    next_steps: list[str] | None = None,
    has_link: bool = False,
) -> Rendered:
    event = delegation.event
    letter = Letter(
        subject=marked(subject % {"event": event.title.text()}, event),
        title=title,
        greeting=_("Dear %(name)s,") % {"name": reader.name},
        paragraphs=paragraphs,
        facts=_facts(delegation),
        next_steps=next_steps or [],
        action=(_("Our delegation"), address_of(delegation)) if has_link else None,
    )
    return set_letter(letter, event)


def _facts(delegation: Delegation) -> list[tuple[str, str]]:
    event, standing = delegation.event, standing_of(delegation)
    until = moment_of(event, standing.closes_at) if standing.closes_at and not standing.closed else ""
    return facts_of(event, (_("Delegation"), delegation.party), (_("Nominations until"), until))


def _keep_to_yourself() -> str:
    return _(
        "Keep the address of the page to yourself: whoever has it nominates in your name. "
        "If somebody succeeds you, hand the page over there."
    )
