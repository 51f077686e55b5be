"""What each role sees of a person, by canaries: in list, search, page, files, exports and history."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from events.access.models import AccessRecord
from events.access.roles import Role
from events.catalogue.models import Event
from events.registration.dossier import Upload
from events.registration.models import Registration
from events.registration.notes import add_note
from tests.events.access.two_events import make_user
from tests.events.registration.crowd import answer
from tests.factories import make_category, make_event, make_question, make_registration, make_set

pytestmark = pytest.mark.django_db
LIST = "/admin/registration/"
MAIL, PHONE, PASSPORT, DIET, NOTE = "kanarie@example.org", "+254700123", "PASS-KANARIE", "Vegan-K", "Note-K"


@pytest.fixture
def event() -> Event:
    event = make_event("SYMPOSIUM")
    make_category(event, "P", needs_approval=True)
    return event


@pytest.fixture
def person(event: Event) -> Registration:
    registration = make_registration(event, name="Amina Otieno", email=MAIL)
    questions = make_set(event)
    for key, kind, hidden, words in (
        ("phone", "phone", False, PHONE),
        ("passport", "text", True, PASSPORT),
        ("diet", "text", False, DIET),
    ):
        question = make_question(
            questions, key, kind, visibility="registrars" if hidden else "team", label={"en": key}
        )
        answer([registration], question, words, words)
    add_note(registration=registration, text=NOTE, user=make_user("colleague@example.org"))
    return registration


def everything_seen(client: Client, person: Registration) -> str:
    """The list, the search, the page and the exports, as far as they open."""
    addresses = [
        LIST,
        f"{LIST}?event={person.event_id}",
        f"{LIST}?q=amina",
        reverse("registration:inspect", args=(person.pk,)),
        reverse("registration:edit", args=(person.pk,)),
        reverse("registration:history", args=(person.pk,)),
        f"{LIST}?export=csv",
        "/admin/message/",
    ]
    answers = [client.get(address) for address in addresses]
    return "".join(answer.content.decode(errors="replace") for answer in answers if answer.status_code == 200)


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.REGISTRAR, {MAIL, PHONE, PASSPORT, DIET, NOTE}),
        (Role.FINANCE, {MAIL, PHONE, DIET, NOTE}),
        (Role.VIEWER, {DIET}),
        (Role.DOOR, set()),
        (Role.EDITOR, set()),
    ],
)
def test_each_role_sees_what_it_needs(
    event: Event, person: Registration, client: Client, role: Role, seen: set[str]
) -> None:
    client.force_login(make_user("member@example.org", (event, role)))
    shown = everything_seen(client, person)
    assert {canary for canary in (MAIL, PHONE, PASSPORT, DIET, NOTE) if canary in shown} == seen


def test_who_sees_no_contacts_finds_nobody_by_them(
    event: Event, person: Registration, client: Client
) -> None:
    other = make_event("OTHER")
    there = make_registration(other, make_category(other, "S"), email=MAIL)
    client.force_login(make_user("both@example.org", (event, Role.VIEWER), (other, Role.REGISTRAR)))
    rows = client.get(LIST, {"q": "kanarie@"}).context["object_list"]
    assert [row.pk for row in rows] == [there.pk]


def test_other_events_of_the_person_show_only_where_one_sees_registrations(
    event: Event, person: Registration, client: Client
) -> None:
    seen, unseen = make_event("SEEN"), make_event("UNSEEN")
    for each in (seen, unseen):
        make_registration(each, make_category(each, "S"), email=MAIL.upper(), name=f"Amina in {each.code}")
    client.force_login(
        make_user("viewer@example.org", (event, Role.VIEWER), (seen, Role.FINANCE), (unseen, Role.DOOR))
    )
    page = client.get(reverse("registration:inspect", args=(person.pk,))).content.decode()
    assert "Amina in SEEN" in page
    assert "UNSEEN" not in page


def _upload(person: Registration, key: str) -> Upload:
    question = person.answers.get(question__key=key).question
    upload = Upload(
        question=question, registration=person, name="a.pdf", content_type="application/pdf", size=4
    )
    upload.file.save("a.pdf", ContentFile(b"%PDF"), save=False)
    upload.save()
    return upload


def test_a_file_is_downloaded_never_shown_and_the_look_recorded(
    event: Event, person: Registration, client: Client
) -> None:
    upload = _upload(person, "passport")
    address = reverse("registration:file", args=(upload.public_id,))
    client.force_login(make_user("registrar@example.org", (event, Role.REGISTRAR)))
    answer: Any = client.get(address)
    assert b"".join(answer.streaming_content) == b"%PDF"
    assert answer["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert AccessRecord.objects.filter(what="file", subject=person.reference).count() == 1


@pytest.mark.parametrize("role", [Role.FINANCE, Role.VIEWER, Role.DOOR, Role.EDITOR])
def test_a_file_for_registrars_opens_for_nobody_else(
    event: Event, person: Registration, client: Client, role: Role
) -> None:
    upload = _upload(person, "passport")
    client.force_login(make_user("member@example.org", (event, role)))
    assert client.get(reverse("registration:file", args=(upload.public_id,))).status_code == 404


def test_a_registrar_of_another_event_opens_no_file(person: Registration, client: Client) -> None:
    other = make_event("OTHER")
    client.force_login(make_user("member@example.org", (other, Role.REGISTRAR)))
    for key in ("passport", "diet"):
        address = reverse("registration:file", args=(_upload(person, key).public_id,))
        assert client.get(address).status_code == 404
