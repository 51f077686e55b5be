"""Invitations to register: bound to one address, used once, never past the places."""

import datetime as dt
import io
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.access.roles import Role
from events.catalogue.models import Category, Event
from events.mails import RENDERERS
from events.outbox.models import Message
from events.registration import link
from events.registration.beginnings import PersonalInvitation
from events.registration.invitations import InvitationEndedError, Invitee, invite, revoke, send_again
from events.registration.models import Counter, Registration
from events.registration.services import set_capacity
from tests.events.access.two_events import make_user
from tests.events.registration.walking import send, typed
from tests.factories import make_category, make_country, make_event, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    make_country("VN", "Viet Nam")
    return make_event("SYMPOSIUM")


@pytest.fixture
def expert(event: Event) -> Category:
    """A category for invited people, beside one for everybody."""
    make_category(event, "D", position=1)
    return make_category(event, "E", audience="invitation", label={"en": "Invited expert"})


@pytest.fixture
def registrar(event: Event, client: Client) -> Client:
    client.force_login(make_user("registrar@example.org", (event, Role.REGISTRAR)))
    return client


def invited(category: Category, email: str = "aiko@example.org", **fields: Any) -> PersonalInvitation:
    sender = make_user(f"sender-{email}")
    person = Invitee(name="Aiko Tanaka", email=email, language="fr")
    return invite(category=category, invitees=[person], invited_by=sender, **fields)[0]


def address(invitation: PersonalInvitation, code: str = "SYMPOSIUM") -> str:
    token = link.INVITATION.token_for(invitation.public_id, invitation.link_version)
    return f"/en/events/{code}/register/invited/{token}/"


def register_by(client: Client, where: str, **changes: Any) -> Any:
    """From the invitation's link to the end."""
    answers = typed(**{"category": None, "email": None} | changes)
    check = send(client, client.get(where), **answers)
    return send(client, check, "done/")


def test_the_mail_is_in_the_persons_language_and_holds_the_link(expert: Category) -> None:
    invitation = invited(expert)
    message = Message.objects.get()
    assert (message.kind, message.to, message.language) == ("invitation", "aiko@example.org", "fr")
    mail = RENDERERS["invitation"](message)
    assert address(invitation) in mail.text
    assert "Invited expert" in mail.text


def test_who_is_invited_registers_in_the_category_and_with_the_address_of_the_invitation(
    expert: Category, client: Client
) -> None:
    invitation = invited(expert)
    page = client.get(address(invitation))
    assert "aiko@example.org" in page.content.decode()
    done = register_by(client, address(invitation), email="thief@example.org", category="D")
    person = Registration.objects.get()
    assert done.status_code == 303
    assert (person.email, person.category, person.state) == ("aiko@example.org", expert, "confirmed")
    invitation.refresh_from_db()
    assert invitation.registration == person


def test_an_invitation_is_used_once(expert: Category, client: Client) -> None:
    where = address(invited(expert))
    answers = typed(category=None, email=None)
    # Two browsers have come to the last page when the first confirms.
    checks = [(each, send(each, each.get(where), **answers)) for each in (Client(), Client())]
    statuses = [send(each, check, "done/").status_code for each, check in checks]
    assert statuses[0] == 303
    assert statuses[1] >= 400
    assert Registration.objects.count() == 1


def test_links_that_open_nothing_are_all_answered_alike(
    expert: Category, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # `Expires` tells the second of the answer, which may change between two requests.
    monkeypatch.setattr("django.utils.cache.time", SimpleNamespace(time=lambda: 1_800_000_000.0))
    make_category(make_event("OTHER"))
    used, revoked, expired, renewed, foreign = (
        invited(expert, f"person{number}@example.org") for number in range(5)
    )
    register_by(client, address(used))
    revoke(invitation=revoked)
    PersonalInvitation.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    before = address(renewed)
    send_again(invitation=renewed)
    asked = [
        address(used), address(revoked), address(expired), before, address(foreign, "OTHER"),
        "/en/events/SYMPOSIUM/register/invited/nonsense/", before[:-2] + "A/",
    ]  # fmt: skip
    answers = [Client().get(each) for each in asked]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1


def test_an_invitation_does_not_bypass_the_places(expert: Category, client: Client) -> None:
    where = address(invited(expert))
    check = send(client, client.get(where), **typed(category=None, email=None))
    set_capacity(event=expert.event, category=expert, capacity=0)
    assert send(client, check, "done/").status_code == 409
    assert Registration.objects.count() == 0
    assert PersonalInvitation.objects.get().registration is None


def test_a_full_category_puts_the_invited_on_its_waiting_list(expert: Category, client: Client) -> None:
    Category.objects.filter(pk=expert.pk).update(has_waiting_list=True)
    set_capacity(event=expert.event, category=expert, capacity=0)
    check = send(client, client.get(address(invited(expert))), **typed(category=None, email=None))
    assert "you join the waiting list" in check.content.decode()
    assert send(client, check, "done/").status_code == 303
    assert Registration.objects.get().state == "waiting"


def test_the_public_form_does_not_offer_the_category(expert: Category, client: Client) -> None:
    assert "Invited expert" not in client.get("/en/events/SYMPOSIUM/register/").content.decode()


def test_what_was_used_or_revoked_is_not_revoked_again(expert: Category) -> None:
    invitation = invited(expert)
    revoke(invitation=invitation)
    with pytest.raises(InvitationEndedError):
        revoke(invitation=invitation)
    with pytest.raises(InvitationEndedError):
        send_again(invitation=invitation)


def test_a_pasted_list_is_invited(expert: Category, registrar: Client) -> None:
    people = "Name;E-mail;Language\nAiko Tanaka;aiko@example.org;fr\n;bo@example.org;العربية\nzoe@example.org"
    answer = registrar.post(
        reverse("personalinvitation:add"),
        {"category": expert.pk, "people": people, "language": "es", "until": "2999-01-31"},
    )
    assert answer.status_code == 302
    made = PersonalInvitation.objects.order_by("pk")
    assert [(each.name, each.email, each.language) for each in made] == [
        ("Aiko Tanaka", "aiko@example.org", "fr"),
        ("", "bo@example.org", "ar"),
        ("", "zoe@example.org", "es"),
    ]
    assert {each.expires_at for each in made} == {dt.datetime(2999, 2, 1, tzinfo=expert.event.tz)}
    assert Message.objects.filter(kind="invitation").count() == 3


def test_every_faulty_row_is_named_and_nobody_invited(expert: Category, registrar: Client) -> None:
    invited(expert, "known@example.org")
    make_registration(expert.event, expert, email="here@example.org")
    people = """good@example.org
Somebody without an address
not an@address@example
KNOWN@example.org
here@example.org
Good@Example.org"""
    answer = registrar.post(
        reverse("personalinvitation:add"), {"category": expert.pk, "people": people, "language": "en"}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors["people"] == [
        "Row 2: There is no e-mail address.",
        "Row 3: Enter an e-mail address in the correct format, like name@example.org.",
        "Row 4: KNOWN@example.org is invited already.",
        "Row 5: here@example.org is registered already.",
        "Row 6: Good@Example.org stands in row 1 already.",
    ]
    assert "Somebody without an address" in answer.content.decode()
    assert PersonalInvitation.objects.count() == 1


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_is_read(expert: Category, registrar: Client, kind: str) -> None:
    content = "Aiko,aiko@example.org\r\nБорис,boris@example.org\r\n".encode("utf-8-sig")
    if kind == "xlsx":
        from openpyxl import Workbook

        book, file = Workbook(), io.BytesIO()
        for row in (("Aiko", "aiko@example.org"), ("Борис", "boris@example.org")):
            book.active.append(row)
        book.save(file)
        content = file.getvalue()
    upload = SimpleUploadedFile(f"people.{kind}", content)
    registrar.post(
        reverse("personalinvitation:add"), {"category": expert.pk, "language": "ru", "file": upload}
    )
    assert sorted(PersonalInvitation.objects.values_list("name", "email")) == [
        ("Aiko", "aiko@example.org"),
        ("Борис", "boris@example.org"),
    ]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"PK\x03\x04broken", b'"', b"x" * 1_000_001])
def test_what_is_no_list_is_refused_in_words(expert: Category, registrar: Client, content: bytes) -> None:
    answer = registrar.post(
        reverse("personalinvitation:add"),
        {"category": expert.pk, "language": "en", "file": SimpleUploadedFile("people.xlsx", content)},
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"people"}
    assert PersonalInvitation.objects.count() == 0


def test_nobody_invites_to_another_event(expert: Category, registrar: Client) -> None:
    foreign = make_category(make_event("OTHER"), "F")
    answer = registrar.post(
        reverse("personalinvitation:add"),
        {"category": foreign.pk, "people": "x@example.org", "language": "en"},
    )
    assert answer.status_code == 422
    assert PersonalInvitation.objects.count() == 0


def test_staff_revoke_and_send_again(expert: Category, registrar: Client) -> None:
    invitation = invited(expert)
    registrar.post(reverse("personalinvitation:send_again", args=(invitation.pk,)))
    invitation.refresh_from_db()
    assert invitation.link_version == 1
    registrar.post(reverse("personalinvitation:revoke", args=(invitation.pk,)))
    invitation.refresh_from_db()
    assert not invitation.is_open
    assert registrar.get(reverse("personalinvitation:index")).status_code == 200
    assert registrar.get(reverse("personalinvitation:inspect", args=(invitation.pk,))).status_code == 200
    assert Counter.objects.filter(taken__gt=0).count() == 0


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DOOR, Role.EDITOR])
def test_other_roles_do_not_invite(event: Event, expert: Category, client: Client, role: Role) -> None:
    client.force_login(make_user("other@example.org", (event, role)))
    given = {"category": expert.pk, "people": "x@example.org", "language": "en"}
    assert client.post(reverse("personalinvitation:add"), given).status_code in {302, 403, 404}
    assert PersonalInvitation.objects.count() == 0
