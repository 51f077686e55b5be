"""A list of people: everybody or nobody, errors by row and column, the same list twice changes nothing."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from events.access.roles import Role
from events.catalogue.models import Event
from events.outbox.models import Message
from events.registration.models import Counter, Registration
from tests.events.access.two_events import make_user
from tests.factories import make_category, make_country, make_event, make_registration

pytestmark = pytest.mark.django_db
IMPORT = "/admin/registration/import/"
HEADING = (
    'Category,Name as on the badge,E-mail,"Country, RPPO or organization",Language,Languages spoken,Gender'
)
GOOD = [
    'Delegate,Amina Otieno,amina@example.org,Kenya,English,"English, Français",Woman',
    "Observer,José García,jose@example.org,Instituto,Español,,",
]


@pytest.fixture
def event(client: Client) -> Event:
    make_country("KE", "Kenya")
    event = make_event("SYMPOSIUM", capacity=3)
    make_category(event, "D", label={"en": "Delegate"})
    make_category(event, "O", label={"en": "Observer"}, needs_approval=True)
    client.force_login(make_user("registrar@example.org", (event, Role.REGISTRAR)))
    return event


def send(client: Client, event: Event, *lines: str, **extra: Any) -> Any:
    content = "\n".join([HEADING, *lines]).encode()
    return client.post(IMPORT, {"event": event.pk, "file": SimpleUploadedFile("list.csv", content), **extra})


def confirm(client: Client, event: Event, page: Any) -> Any:
    return client.post(IMPORT, {"event": event.pk, "cells": page.context["cells"], "confirmed": "yes"})


def taken(event: Event) -> int:
    return Counter.objects.get(event=event, category=None).taken


def test_a_good_list_is_shown_then_registered(event: Event, client: Client) -> None:
    page = send(client, event, *GOOD)
    assert page.status_code == 200
    assert not Registration.objects.exists()
    assert confirm(client, event, page).status_code == 302
    rows = Registration.objects.order_by("pk").values_list(
        "name", "state", "representing", "country__iso2", "organization", "language", "languages", "gender"
    )
    assert list(rows) == [
        ("Amina Otieno", "confirmed", "country", "KE", "", "en", ["en", "fr"], "woman"),
        ("José García", "pending", "organization", None, "Instituto", "es", [], "not-said"),
    ]
    assert taken(event) == 2
    assert sorted(Message.objects.values_list("kind", flat=True)) == ["confirmation", "pending"]
    first = Registration.objects.earliest("pk")
    assert first.consent_at is None
    assert first.ticket.revoked_at is None
    assert first.history.get().user.email == "registrar@example.org"


def test_the_same_list_again_registers_nobody(event: Event, client: Client) -> None:
    confirm(client, event, send(client, event, *GOOD))
    page = send(client, event, *GOOD)
    assert [row for row, _person in page.context["found"].known] == [2, 3]
    assert "nobody new" in page.content.decode()
    assert Registration.objects.count() == 2


def test_faults_are_told_by_row_and_column_and_nobody_is_registered(event: Event, client: Client) -> None:
    page = send(
        client,
        event,
        GOOD[0],
        "Nothing,X,not-a-mail,Kenya,Klingon,,",
        "Delegate,,amina@example.org,Kenya,,,Alien",
        confirmed="yes",
    )
    assert page.status_code == 422
    faults = [(fault.row, fault.column) for fault in page.context["found"].faults]
    assert faults == [
        (3, "E-mail"), (3, "Category"), (3, "Language"),
        (4, "E-mail"), (4, "Name as on the badge"), (4, "Gender"),
    ]  # fmt: skip
    assert not Registration.objects.exists()


def test_places_are_kept_to_the_last(event: Event, client: Client) -> None:
    for _ in range(2):
        make_registration(event)
    page = confirm(client, event, send(client, event, *GOOD))
    assert page.status_code == 422
    assert "not enough places" in page.content.decode()
    assert (Registration.objects.count(), taken(event), Message.objects.count()) == (2, 2, 0)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\x00bad", b"a,b\n1,2", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0"]
)
def test_what_is_no_list_is_refused_in_words(event: Event, client: Client, content: bytes) -> None:
    page = client.post(IMPORT, {"event": event.pk, "file": SimpleUploadedFile("x.xlsx", content)})
    assert page.status_code == 422
    assert page.context["form"].errors


def test_the_template_has_the_columns(event: Event, client: Client) -> None:
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(client.get(f"{IMPORT}template.xlsx").content)).active
    assert [cell.value for cell in sheet[1]][:4] == [
        "Reference",
        "Category",
        "Name as on the badge",
        "E-mail",
    ]


def test_only_registrars_and_only_into_their_own_events(event: Event, client: Client) -> None:
    other = make_event("OTHER")
    make_category(other, "D", label={"en": "Delegate"})
    assert send(client, other, GOOD[0], confirmed="yes").status_code == 422
    client.force_login(make_user("viewer@example.org", (event, Role.VIEWER)))
    assert client.get(IMPORT).status_code == 404
    assert send(client, event, GOOD[0], confirmed="yes").status_code == 404
    assert not Registration.objects.exists()
