"""Doing an act as the staff screen does, and an event with people to do it to."""

import datetime as dt
import re
import secrets
from collections.abc import Sequence
from typing import Any

from django.test import Client
from django.urls import reverse

from events.catalogue.models import Event
from events.catalogue.texts import LANGUAGES
from events.journeys.event_acts.plan import version
from events.registration.models import Counter, Registration
from events.registration.states import State
from events.tickets.code import new_code
from events.tickets.models import Ticket
from events.typed.names import fold
from tests.factories import answers, make_category, make_event, make_registration

JANUARY = {"start_date": dt.date(2050, 1, 10), "end_date": dt.date(2050, 1, 14)}


def january(code: str = "SYMPOSIUM", **fields: Any) -> Event:
    """An event in January 2050 in Berlin, which changes its clocks on 27 March."""
    return make_event(code, **JANUARY | {"title": {"en": "Symposium 2050"}, "zone": "Europe/Berlin"} | fields)


def with_people(event: Event, languages: Sequence[str] = ("en", "fr", "en")) -> list[Registration]:
    """A registration in each of these languages."""
    category = event.categories.first() or make_category(event)
    return [make_registration(event, category, language=language) for language in languages]


def crowd(event: Event, count: int) -> None:
    """Many confirmed people with tickets, in few queries."""
    category = event.categories.first() or make_category(event)
    rows = [
        Registration(
            event=event,
            category=category,
            reference=f"{event.pk:03}-{number:05}",
            state=State.CONFIRMED,
            consent_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
            consent_version="1",
            **answers(email=f"d{number}@example.org", language=list(LANGUAGES)[number % 6]),
        )
        for number in range(count)
    ]
    for row in rows:
        row.name_folded, row.email_folded = fold(row.name), fold(row.email)
    Registration.objects.bulk_create(rows)
    Ticket.objects.bulk_create(Ticket(registration=row, code=new_code()) for row in rows)
    Counter.objects.filter(event=event).update(taken=count)


def address(event: Event, act: str) -> str:
    """The staff address of an act."""
    return reverse(f"event:{act}", args=(event.pk,))


def post(client: Client, event: Event, act: str, step: str, **chosen: Any) -> Any:
    """One step of the act."""
    return client.post(address(event, act), {"step": step} | chosen)


def do(client: Client, event: Event, act: str, **chosen: Any) -> Any:
    """The last step, as a fresh preview would send it."""
    event.refresh_from_db()
    last = {"key": secrets.token_hex(16), "seen": version(event)} | chosen
    return post(client, event, act, "do", **last)


def field(page: Any, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    assert found, name
    return found[1]
