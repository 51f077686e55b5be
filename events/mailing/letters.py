"""The letters to many, in the active language: of a mailing, of a reminder, and as samples for a preview."""

import dataclasses

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from ..catalogue.models import Category, Event
from ..catalogue.texts import LANGUAGES
from ..outbox.rendering import Rendered
from ..registration import link
from ..registration.beginnings import Draft
from ..registration.letter import Letter, letter_to, marked, set_letter
from ..registration.models import Registration
from ..registration.states import State
from ..registration.waiting_mails import offer_ends
from .models import Mailing, Reminder
from .placeholders import filled, paragraphs
from .standard_words import BUTTONS, standard

Kind = Reminder.Kind
REMINDED_STATE = {
    Kind.NOMINATION: State.NOMINATED,
    Kind.OFFER: State.OFFERED,
    Kind.ANSWERS: State.CONFIRMED,
    Kind.EVENT: State.CONFIRMED,
}
"""The state of a registration in which it is reminded of each."""


def language_of(mailing: Mailing, wanted: str) -> str:
    """The language in which people who read `wanted` get the mailing: English where a text is missing."""
    return wanted if mailing.subject.get(wanted) and mailing.words.get(wanted) else "en"


def lacking(mailing: Mailing) -> list[str]:
    """The names of the languages for which English stands in."""
    return [name for code, name in LANGUAGES.items() if language_of(mailing, code) != code]


def mailing_letter(mailing: Mailing, registration: Registration, *, address: str = "") -> Letter:
    """The mailing to one person; `address` stands in for the personal link in a sample."""
    active = get_language() or "en"
    language = language_of(mailing, active)
    told = _to_person(
        registration,
        subject=mailing.subject.text(language),
        words=mailing.words.text(language),
        address=address,
        language=language,
    )
    return told if language == active else dataclasses.replace(told, words_language=language)


def reminder_letter(reminder: Reminder, registration: Registration, *, address: str = "") -> Letter:
    """The reminder to one person who is registered."""
    subject, words = worded(reminder)
    told = _to_person(
        registration,
        subject=subject,
        words=words,
        address=address,
        action=str(BUTTONS.get(Kind(reminder.kind), "")),
    )
    if reminder.kind != Kind.OFFER:
        return told
    title, *others = told.facts
    fact = (_("The place is kept for you until"), offer_ends(registration))
    return dataclasses.replace(told, facts=[title, fact, *others])


def unfinished_letter(reminder: Reminder, draft: Draft, *, address: str = "") -> Letter:
    """The reminder to somebody who saved the form and has not sent it."""
    event = draft.event
    address = address or link.draft_address(code=event.code, public_id=draft.public_id)
    values = {"event": event.title.text(), "link": address}
    subject, words = (filled(text, values) for text in worded(reminder))
    return Letter(
        subject=marked(subject, event),
        title=subject,
        greeting=_("Hello,"),
        paragraphs=paragraphs(words),
        facts=[(_("Event"), event.title.text())],
        action=(_("Go on with my registration"), address),
    )


def worded(reminder: Reminder) -> tuple[str, str]:
    """Subject and text in the active language: the staff's where they wrote it, else our standard words."""
    language = get_language() or "en"
    subject, words = standard(reminder.kind)
    return reminder.subject.get(language) or subject, reminder.words.get(language) or words


def _to_person(
    registration: Registration,
    *,
    subject: str,
    words: str,
    address: str,
    action: str = "",
    language: str | None = None,
) -> Letter:
    """The words, which are in `language`, in a letter that is in the active one."""
    personal = address or link.personal_address(registration.public_id, registration.link_version)
    values = {
        "name": registration.name,
        "reference": registration.reference,
        "event": registration.event.title.text(language),
        "link": personal,
    }
    heading = filled(subject, values)
    told = letter_to(
        registration,
        subject=heading.replace("%", "%%"),
        title=heading,
        paragraphs=paragraphs(filled(words, values)),
        action=action,
    )
    return dataclasses.replace(told, action=(told.action[0], personal)) if told.action else told


def sample(thing: Mailing | Reminder, language: str) -> Rendered:
    """The letter as somebody who reads `language` gets it, to an example person without a link."""
    with override(language):
        address = f"{settings.SITE_URL}/{language}/…/"
        return set_letter(_sample_letter(thing, language, address), thing.event)


def _sample_letter(thing: Mailing | Reminder, language: str, address: str) -> Letter:
    if isinstance(thing, Mailing):
        return mailing_letter(thing, _example(thing.event, State.CONFIRMED), address=address)
    if thing.kind == Kind.UNFINISHED:
        return unfinished_letter(thing, Draft(event=thing.event, language=language), address=address)
    person = _example(thing.event, REMINDED_STATE[Kind(thing.kind)])
    return reminder_letter(thing, person, address=address)


def _example(event: Event, state: State) -> Registration:
    return Registration(
        event=event,
        category=event.categories.first() or Category(event=event),
        state=state,
        name=_("Amina Example"),
        reference="····-····",
        representing=Registration.Representing.OTHER,
        organization=_("Example Ministry of Agriculture"),
        offer_expires_at=event.registration_closes_at if state == State.OFFERED else None,
    )
