"""Rows for tests, each with sensible values and every field open to change."""

import datetime as dt
import itertools
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from events.catalogue.models import Category, Country, Event, Family, PartyStatus, Rppo
from events.checkin.models import Checkpoint, Gate
from events.delegations.models import ContactPoint, Delegation
from events.delegations.services import make_delegations
from events.programme.models import Room, Session
from events.questions.kinds import Kind
from events.questions.models import Choice, Question, QuestionSet
from events.registration.models import Registration
from events.registration.places import take_place
from events.registration.quotas import open_counters
from events.registration.services import Price, register, set_capacity
from events.registration.states import State
from events.tickets.services import issue_ticket

_numbers = itertools.count(1)

FREE = Price(minor=0, currency="USD", explanation="Free of charge")


def make_country(iso2: str = "KE", name: str = "Kenya", **fields: Any) -> Country:
    """A country; the same code gives the same row. `status` adds its standing since 1952."""
    status = fields.pop("status", None)
    country, _made = Country.objects.get_or_create(iso2=iso2, defaults={"name": {"en": name}, **fields})
    if status:
        PartyStatus.objects.get_or_create(
            country=country, since=dt.date(1952, 4, 3), defaults={"status": status}
        )
    return country


def make_rppo(acronym: str = "EPPO", **fields: Any) -> Rppo:
    """A regional plant protection organization."""
    rppo, _made = Rppo.objects.get_or_create(acronym=acronym, defaults={"name": {"en": acronym}, **fields})
    return rppo


def make_family(slug: str = "ephyto", **fields: Any) -> Family:
    """A family; the same slug gives the same row."""
    family, _made = Family.objects.get_or_create(slug=slug, defaults={"name": {"en": slug.title()}, **fields})
    return family


def make_event(code: str | None = None, *, capacity: int | None = None, **fields: Any) -> Event:
    """An announced event next month whose registration is open, with a counter of `capacity` places."""
    today = timezone.now().date()
    number = next(_numbers)
    values: dict[str, Any] = {
        "code": code or f"EVENT-{number}",
        "title": {"en": f"Event {number}"},
        "start_date": today + dt.timedelta(days=30),
        "end_date": today + dt.timedelta(days=32),
        "zone": "Asia/Kuala_Lumpur",
        "place": {"en": "Kuala Lumpur, Malaysia"},
        "state": Event.State.ANNOUNCED,
        "registration_opens_at": timezone.now() - dt.timedelta(days=1),
        "registration_closes_at": timezone.now() + dt.timedelta(days=20),
    } | fields
    values.setdefault("family", make_family())
    event = Event.objects.create(**values)
    set_capacity(event=event, category=None, capacity=capacity)
    return event


def make_category(event: Event, letter: str = "D", *, capacity: int | None = None, **fields: Any) -> Category:
    """A category of the event, with a counter of `capacity` places."""
    values = {"label": {"en": f"Category {letter}"}} | fields
    category = Category.objects.create(event=event, letter=letter, **values)
    set_capacity(event=event, category=category, capacity=capacity)
    return category


def answers(**fields: Any) -> dict[str, Any]:
    """The cleaned answers of the registration form."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "name": f"Delegate {number}",
        "email": f"delegate{number}@example.org",
        "representing": Registration.Representing.OTHER,
        "organization": "Example Laboratory",
        "function": "Inspector",
        "gender": Registration.Gender.NOT_SAID,
        "languages": ["en"],
        "language": "en",
    }
    return values | fields


def make_registration(event: Event, category: Category | None = None, **fields: Any) -> Registration:
    """A registration made by the services, with its ticket when it is confirmed.

    Must run in a transaction (every `db` test does).
    """
    category = category or event.categories.first() or make_category(event)
    registration = register(event=event, category=category, answers=answers(**fields), price=FREE)
    if registration.state == State.CONFIRMED:
        issue_ticket(registration=registration)
    take_place(event_id=event.pk, category_id=category.pk)
    return registration


def make_gate(event: Event, name: str = "Main entrance") -> Gate:
    """A gate of the event's entrance."""
    checkpoint, _made = Checkpoint.objects.get_or_create(
        event=event, session=None, defaults={"name": "Entrance"}
    )
    return Gate.objects.create(checkpoint=checkpoint, name=name)


def make_session(event: Event, day: int = 0, hour: int = 9, **fields: Any) -> Session:
    """A session of one hour on a day of the event, in the event's zone."""
    start = dt.datetime.combine(event.start_date + dt.timedelta(days=day), dt.time(hour), tzinfo=event.tz)
    values = {"title": {"en": "Opening"}, "start": start, "end": start + dt.timedelta(hours=1)} | fields
    return Session.objects.create(event=event, **values)


def make_room(event: Event, name: str = "Plenary hall") -> Room:
    """A room of the event."""
    return Room.objects.create(event=event, name=name)


def make_set(event: Event, **fields: Any) -> QuestionSet:
    """A set of questions that everybody is asked when registering."""
    return QuestionSet.objects.create(event=event, **{"title": {"en": "More about you"}} | fields)


def make_question(
    question_set: QuestionSet, key: str, kind: str = Kind.TEXT, *, choices: Iterable[str] = (), **fields: Any
) -> Question:
    """A question with choices of these codes."""
    values = {"label": {"en": f"Question {key}"}, "purpose": {"en": "To plan the event."}} | fields
    question = Question.objects.create(question_set=question_set, key=key, kind=kind, **values)
    Choice.objects.bulk_create(
        Choice(question=question, code=code, label={"en": code.capitalize()}, position=position)
        for position, code in enumerate(choices)
    )
    return question


def make_contact_point(country: Country | None = None, **fields: Any) -> ContactPoint:
    """The official contact point of a country, Kenya by default."""
    number = next(_numbers)
    values: dict[str, Any] = {"name": f"Contact {number}", "email": f"contact{number}@example.org"} | fields
    if "rppo" not in values:
        values["country"] = country or make_country()
    return ContactPoint.objects.create(**values)


def make_delegation(event: Event, contact_point: ContactPoint | None = None, **fields: Any) -> Delegation:
    """The delegation of a contact point's party, with its counters as the categories say."""
    point = contact_point or make_contact_point()
    delegation = make_delegations(event=event, contact_points=[point])[0]
    open_counters(event=event, delegations=[delegation])
    Delegation.objects.filter(pk=delegation.pk).update(**fields)
    delegation.refresh_from_db()
    return delegation
