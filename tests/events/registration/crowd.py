"""Thousands of registrations at once, past the services: rows and counters as these would leave them."""

import datetime as dt
import itertools
import random
from collections import Counter as Counted

from django.db.models import F
from django.utils import timezone

from events.catalogue.models import Category, Country, Event
from events.questions.models import Question
from events.registration.dossier import Answer
from events.registration.models import Counter, Registration, StateChange
from events.registration.states import HOLDS_PLACE, State, Transition
from events.typed.names import fold

GIVEN = ("Amina", "José", "Анна", "وانغاري", "王芳", "Ngũgĩ", "Thị Ánh", "François", "Zoë", "Mpho")
FAMILY = ("Otieno", "García", "Иванова", "المصري", "李", "Müller", "Nguyễn", "Dubois", "Okafor", "Smith")
_numbers = itertools.count(1)


def crowd(
    event: Event,
    people: int,
    *,
    categories: list[Category],
    countries: list[Country] | None = None,
    states: tuple[State, ...] = (State.CONFIRMED, State.CONFIRMED, State.PENDING, State.REFUSED),
) -> list[Registration]:
    """So many people in the event, spread over categories, countries and states."""
    dice, now = random.Random(people), timezone.now()
    countries = countries or list(Country.objects.order_by("pk")[:200])
    rows = []
    for number in itertools.islice(_numbers, people):
        name = f"{dice.choice(GIVEN)} {dice.choice(FAMILY)} {number}"
        state = states[number % len(states)]
        rows.append(
            Registration(
                reference=f"CROWD-{number}",
                event=event,
                category=categories[number % len(categories)],
                state=state,
                name=name,
                name_folded=fold(name),
                email=f"Person{number}@example.org",
                email_folded=f"person{number}@example.org",
                representing="country" if countries else "other",
                country=countries[number % len(countries)] if countries else None,
                organization="Plant Health Service",
                function="Inspector",
                languages=["en", "fr"],
                language="en",
                waiting_since=now - dt.timedelta(seconds=number) if state == State.WAITING else None,
            )
        )
    made = Registration.objects.bulk_create(rows, batch_size=500)
    StateChange.objects.bulk_create(
        [
            StateChange(registration=row, transition=Transition.SUBMIT, to_state=row.state, actor="delegate")
            for row in made
        ],
        batch_size=500,
    )
    _count(event, made)
    return made


def _count(event: Event, rows: list[Registration]) -> None:
    held = Counted(row.category_id for row in rows if row.state in HOLDS_PLACE)
    Counter.objects.filter(event=event, category=None, delegation=None).update(
        taken=F("taken") + held.total()
    )
    for category, count in held.items():
        Counter.objects.filter(category=category, delegation=None).update(taken=F("taken") + count)


def answer(rows: list[Registration], question: Question, value: object, words: str) -> None:
    """Everybody gives the same answer."""
    Answer.objects.bulk_create(
        [
            Answer(
                registration=row,
                question=question,
                value=value,
                asked=str(question.label),
                words=words,
                language="en",
            )
            for row in rows
        ],
        batch_size=500,
    )
