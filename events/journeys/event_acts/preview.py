"""What an act is going to do, and to how many people, before it is done."""

import dataclasses
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from ...catalogue.models import Category, Event, EventChange
from ...catalogue.texts import LANGUAGES, RIGHT_TO_LEFT
from ...outbox.rendering import Rendered
from ...registration.letter import set_letter
from ...registration.models import Registration
from ...registration.selectors import people_by_language
from ...registration.states import State
from .mails import letter
from .plan import Plan, change_for

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class MailPreview:
    """The mail in one language, and to how many people it goes."""

    language: str
    name: str
    direction: str
    people: int
    mail: Rendered


def mails_of(event: Event, plan: Plan) -> list[MailPreview]:
    """The mail in each language in which somebody with a place reads. Two queries."""
    if not plan.tells:
        return []
    people = people_by_language(event)
    change = change_for(event, plan)
    category = event.categories.first() or Category(event=event)
    return [
        MailPreview(
            language=code,
            name=name,
            direction="rtl" if code in RIGHT_TO_LEFT else "ltr",
            people=people[code],
            mail=_sample(change, category, code),
        )
        for code, name in LANGUAGES.items()
        if people.get(code)
    ]


def _sample(change: EventChange, category: Category, language: str) -> Rendered:
    """The mail to nobody in particular: the personal link is left out."""
    event = change.event
    with override(language):
        person = Registration(
            event=event,
            category=category,
            state=State.CONFIRMED,
            name=_("[name]"),
            reference="····-····",
            language=language,
        )
        told = letter(person, change)
        label = told.action[0] if told.action else ""
        address = f"{settings.SITE_URL}/{language}/r/{ELLIPSIS}/"
        return set_letter(dataclasses.replace(told, action=(label, address)), event)
