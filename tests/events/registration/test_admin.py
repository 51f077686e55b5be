"""The staff screens of registrations."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.access.models import AccessRecord
from events.access.roles import Role
from events.catalogue.models import Event
from events.journeys.decide import approve
from events.mails import RENDERERS
from events.outbox.models import Message
from events.registration.models import Counter, Registration
from tests.events.access.two_events import make_user
from tests.factories import make_category, make_event, make_registration

pytestmark = pytest.mark.django_db
FULL = {"code": "full"}
"""The reason of a refusal."""

LIST = "/admin/registration/"
LIST_QUERIES = 14


@pytest.fixture
def event() -> Event:
    event = make_event("SYMPOSIUM", capacity=50)
    make_category(event, "P", needs_approval=True, capacity=40)
    return event


@pytest.fixture
def registrar(event: Event, client: Client) -> Client:
    client.force_login(make_user("registrar@example.org", (event, Role.REGISTRAR)))
    return client


def names_in(page: Any) -> list[str]:
    return [row.name for row in page.context["object_list"]]


@pytest.mark.parametrize(
    "query",
    ["nguyễn", "NGUYỄN THỊ", "Thi@Example.ORG", "thi@"],
)
def test_a_person_is_found_by_name_and_mail_in_any_letter_case(
    event: Event, registrar: Client, query: str
) -> None:
    make_registration(event, name="Nguyễn Thị Ánh", email="Thi@example.org")
    make_registration(event, name="Анна Иванова", email="anna@example.org")
    assert names_in(registrar.get(LIST, {"q": query})) == ["Nguyễn Thị Ánh"]


def test_a_person_is_found_by_cyrillic_name_and_by_reference(event: Event, registrar: Client) -> None:
    found = make_registration(event, name="Анна Иванова")
    make_registration(event, name="Somebody Else")
    assert names_in(registrar.get(LIST, {"q": "ИВАНОВА"})) == ["Анна Иванова"]
    assert names_in(registrar.get(LIST, {"q": found.reference.lower()})) == ["Анна Иванова"]


def test_the_list_filters_by_state_and_category(event: Event, registrar: Client) -> None:
    waiting = make_registration(event)
    other = make_category(event, "S")
    confirmed = make_registration(event, other)
    assert names_in(registrar.get(LIST, {"state": "pending"})) == [waiting.name]
    assert names_in(registrar.get(LIST, {"category": other.pk})) == [confirmed.name]


@pytest.mark.parametrize("people", [1, 30])
def test_the_list_asks_a_fixed_number_of_queries(
    event: Event, registrar: Client, people: int, django_assert_num_queries: Any
) -> None:
    for _ in range(people):
        make_registration(event)
    registrar.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        registrar.get(LIST)


def test_who_may_look_but_not_export_gets_no_export(event: Event, client: Client) -> None:
    make_registration(event)
    client.force_login(make_user("viewer@example.org", (event, Role.VIEWER)))
    assert "export=csv" not in client.get(LIST).content.decode()
    assert client.get(LIST, {"export": "csv"}).status_code == 302
    assert AccessRecord.objects.filter(what__contains="csv").count() == 0


def test_lists_exports_and_looks_are_recorded(event: Event, registrar: Client) -> None:
    first, _second = make_registration(event), make_registration(event)
    registrar.get(LIST)
    registrar.get(LIST, {"export": "csv"})
    registrar.get(reverse("registration:inspect", args=(first.pk,)))
    registrar.get(reverse("registration:edit", args=(first.pk,)))
    seen = AccessRecord.objects.order_by("pk").values_list(
        "user__email", "event", "what", "subject", "people"
    )
    who = ("registrar@example.org", event.pk)
    assert list(seen) == [
        (*who, "registrations", "", 2),
        (*who, "registrations, csv", "", 2),
        (*who, "registrations", first.reference, 1),
        (*who, "registrations", first.reference, 1),
    ]


def test_the_page_of_a_person_shows_history_and_who_looked(event: Event, registrar: Client) -> None:
    registration = make_registration(event, name="Анна Иванова", languages=["ru", "en"])
    approve(registration=registration, user=make_user("boss@example.org"), reason="Known expert")
    address = reverse("registration:inspect", args=(registration.pk,))
    registrar.get(address)
    words = registrar.get(address).content.decode()
    for word in (
        "Анна Иванова",
        "Русский, English",
        "Waiting for approval → Confirmed",
        "Known expert",
        "boss@example.org",
    ):
        assert word in words
    assert registration.ticket.code not in words
    assert "registrar@example.org" in words.split("Who looked")[1]


def test_a_correction_folds_the_name_and_leaves_an_audit_line(event: Event, registrar: Client) -> None:
    registration = make_registration(event, name="Ana Garcia", organization="Lab")
    address = reverse("registration:edit", args=(registration.pk,))
    answer = registrar.post(
        address,
        {
            "name": "María José GARCÍA", "email": "Maria@example.org",
            "language": "es", "representing": "other",
            "organization": "Laboratorio", "function": "", "languages": ["es"],
            "state": "confirmed", "event": "999", "reference": "X", "price_minor": "0",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    stored = Registration.objects.get(pk=registration.pk)
    assert (stored.name, stored.name_folded, stored.email_folded) == (
        "María José GARCÍA", "maría josé garcía", "maria@example.org",
    )  # fmt: skip
    assert (stored.organization, stored.function, stored.languages) == ("Laboratorio", "", ["es"])
    assert (stored.state, stored.event_id, stored.reference) == ("pending", event.pk, registration.reference)
    assert "Edited" in registrar.get(reverse("registration:inspect", args=(stored.pk,))).content.decode()


def test_a_corrected_address_gets_the_mail(event: Event, registrar: Client) -> None:
    registration = make_registration(event, email="wrong@example.org")
    fields = {"name": registration.name, "language": "en", "representing": "other", "organization": "Lab"}
    address = reverse("registration:edit", args=(registration.pk,))
    registrar.post(address, fields | {"email": "wrong@example.org"})
    assert not Message.objects.exists()
    registrar.post(address, fields | {"email": "right@example.org"})
    assert list(Message.objects.values_list("kind", "to")) == [("pending", "right@example.org")]


def test_a_correction_refuses_a_name_without_letters(event: Event, registrar: Client) -> None:
    registration = make_registration(event)
    page = registrar.post(
        reverse("registration:edit", args=(registration.pk,)),
        {"name": "\u200b\u202e", "email": "x@example.org", "language": "en", "representing": "other"},
    )
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"name"}


def test_approving_confirms_issues_the_ticket_and_mails(event: Event, registrar: Client) -> None:
    registration = make_registration(event)
    address = reverse("registration:approve", args=(registration.pk,))
    assert registrar.get(address).status_code == 200
    registration.refresh_from_db()
    assert registration.state == "pending"
    registrar.post(address, {"reason": "Known"})
    registration.refresh_from_db()
    assert registration.state == "confirmed"
    assert registration.ticket.revoked_at is None
    assert registration.history.last().reason == "Known"
    assert registration.history.last().user.email == "registrar@example.org"
    assert Message.objects.get().kind == "confirmation"
    assert Counter.objects.get(category=registration.category).taken == 1


@pytest.mark.parametrize("given", [{}, {"code": ""}, {"code": "nonsense"}, {"code": "other", "words": " "}])
def test_a_refusal_needs_its_reason(event: Event, registrar: Client, given: dict[str, str]) -> None:
    registration = make_registration(event)
    page = registrar.post(reverse("registration:refuse", args=(registration.pk,)), given)
    assert (page.status_code, page.context["form"].is_valid()) == (422, False)
    registration.refresh_from_db()
    assert registration.state == "pending"


def test_the_reason_of_a_refusal_is_mailed_in_the_persons_language(event: Event, registrar: Client) -> None:
    registration = make_registration(event, language="en")
    given = {"code": "no-letter", "words": "La lettre du 3 mai n’a pas de signature <b>."}
    registrar.post(reverse("registration:refuse", args=(registration.pk,)), given)
    mail = RENDERERS["refused"](Message.objects.get())
    assert "We have not received the letter of your authorities that names you." in mail.text
    assert given["words"] in mail.text
    assert "signature &lt;b&gt;." in mail.html
    shown = registrar.get(reverse("registration:inspect", args=(registration.pk,))).content.decode()
    assert "A letter of the authorities is missing: La lettre du 3 mai" in shown


def test_many_are_refused_for_one_reason_which_must_be_given(event: Event, registrar: Client) -> None:
    rows = [make_registration(event), make_registration(event)]
    listed = {"listed": ",".join(str(row.pk) for row in rows)}
    address = "/admin/bulk/events/registration/refuse/?id=0"
    assert registrar.post(address, listed).status_code == 200
    assert {row.state for row in event.registrations.all()} == {"pending"}
    registrar.post(address, listed | FULL)
    assert {row.state for row in event.registrations.all()} == {"refused"}
    assert {row.history.last().reason for row in rows} == {"full"}


def test_a_place_is_offered_out_of_order_only_when_one_is_free(event: Event, registrar: Client) -> None:
    waiting = make_registration(event)
    event.registrations.update(state="waiting", waiting_since=timezone.now())
    Counter.objects.update(taken=0)
    category = waiting.category
    offer = reverse("registration:offer", args=(waiting.pk,))
    Counter.objects.filter(category=category).update(capacity=0)
    assert "no place is free" in registrar.post(offer, {"reason": "Balance"}, follow=True).content.decode()
    registrar.post(reverse("registration:advance", args=(waiting.pk,)), {"reason": "Balance"})
    Counter.objects.filter(category=category).update(capacity=1)
    registrar.post(offer, {"reason": "Balance"})
    waiting.refresh_from_db()
    assert waiting.state == "offered"
    assert [line.transition for line in waiting.history.all()] == ["submit", "advance", "offer"]
    assert waiting.history.last().user.email == "registrar@example.org"


def test_refusing_gives_the_place_back(event: Event, registrar: Client) -> None:
    registration = make_registration(event)
    registrar.post(reverse("registration:refuse", args=(registration.pk,)), FULL)
    registration.refresh_from_db()
    assert registration.state == "refused"
    assert Counter.objects.get(category=registration.category).taken == 0
    assert Message.objects.get().kind == "refused"


def test_cancelling_ends_the_ticket(event: Event, registrar: Client) -> None:
    registration = make_registration(event, make_category(event, "S"))
    registrar.post(reverse("registration:cancel", args=(registration.pk,)))
    registration.refresh_from_db()
    assert registration.state == "cancelled"
    assert registration.ticket.revoked_at is not None
    assert Message.objects.get().kind == "cancelled"


def test_a_second_decision_changes_nothing_and_says_so(event: Event, registrar: Client) -> None:
    registration = make_registration(event)
    registrar.post(reverse("registration:refuse", args=(registration.pk,)), FULL)
    page = registrar.post(reverse("registration:approve", args=(registration.pk,)), follow=True)
    assert "decided on in the meantime" in page.content.decode()
    registration.refresh_from_db()
    assert registration.state == "refused"
    assert Message.objects.count() == 1


def test_several_are_approved_at_once_and_the_decided_ones_left_alone(
    event: Event, registrar: Client
) -> None:
    first, second, third = (make_registration(event) for _ in range(3))
    registrar.post(reverse("registration:refuse", args=(third.pk,)), FULL)
    address = "/admin/bulk/events/registration/approve/"
    query = "?" + "&".join(f"id={row.pk}" for row in (first, second, third))
    page = registrar.get(address + query).content.decode()
    assert first.name in page
    assert third.name not in page
    listed = f"{first.pk},{second.pk},{third.pk}"
    answer = registrar.post(address + query, {"listed": listed}, follow=True)
    assert "2 registrations were decided on." in answer.content.decode()
    states = Registration.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["confirmed", "confirmed", "refused"]


def test_bad_ids_in_a_bulk_address_are_no_fault(event: Event, registrar: Client) -> None:
    assert registrar.get("/admin/bulk/events/registration/approve/?id=x&id=9999").status_code == 200


@pytest.mark.parametrize("role", [Role.EDITOR, Role.FINANCE, Role.DOOR, Role.VIEWER])
def test_only_a_registrar_decides(event: Event, client: Client, role: Role) -> None:
    registration = make_registration(event)
    client.force_login(make_user("member@example.org", (event, role)))
    assert client.post(reverse("registration:approve", args=(registration.pk,))).status_code == 404
    client.post("/admin/bulk/events/registration/approve/", {"listed": registration.pk})
    registration.refresh_from_db()
    assert registration.state == "pending"


def test_nobody_adds_or_deletes_a_registration(event: Event, client: Client) -> None:
    registration = make_registration(event)
    client.force_login(make_user("root@example.org", superuser=True))
    for address in ("add", "new", f"delete/{registration.pk}"):
        assert client.post(f"{LIST}{address}/").status_code == 404
    assert client.post(f"/admin/bulk/events/registration/delete/?id={registration.pk}").status_code == 404
    assert Registration.objects.count() == 1


def test_the_first_page_counts_who_waits(event: Event, registrar: Client) -> None:
    make_registration(event)
    make_registration(event, make_category(event, "S"))
    rows = registrar.get("/admin/").content.decode().split("Your events to come")[1]
    assert f'<a href="/admin/registration/?event={event.pk}">2</a>' in rows
    assert f'<a href="/admin/registration/?event={event.pk}&amp;state=pending">1</a>' in rows
