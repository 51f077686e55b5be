"""The list: every filter, the search, the order, and what they cost with many rows."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from events.access.models import Membership
from events.access.roles import Role
from events.catalogue.models import Event
from events.delegations.models import ContactPoint, Delegation
from events.registration.dossier import Funding
from events.registration.models import Registration
from events.registration.states import State
from tests.events.access.two_events import make_user
from tests.events.registration.crowd import answer, crowd
from tests.factories import (
    make_category,
    make_country,
    make_event,
    make_question,
    make_registration,
    make_set,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/registration/"
MOST_QUERIES = 12


@pytest.fixture
def event() -> Event:
    event = make_event("SYMPOSIUM", capacity=5000)
    make_category(event, "P", needs_approval=True)
    return event


@pytest.fixture
def registrar(event: Event, client: Client) -> Client:
    client.force_login(make_user("registrar@example.org", (event, Role.REGISTRAR)))
    return client


def names_in(page: Any) -> list[str]:
    return [row.name for row in page.context["object_list"]]


def test_filters_by_region_funding_representation_and_delegation(event: Event, registrar: Client) -> None:
    kenya = make_country("KE", fao_region="africa", workshop_region="africa")
    fiji = make_country("FJ", "Fiji", fao_region="southwest-pacific", workshop_region="southwest-pacific")
    amina = make_registration(event, name="Amina", representing="country", country=kenya)
    sala = make_registration(event, name="Sala", representing="country", country=fiji)
    Funding.objects.create(registration=sala, kind="airfare", source="Fund", criteria="Need")
    contact = ContactPoint.objects.create(country=fiji, name="Contact", email="c@example.org")
    delegation = Delegation.objects.create(event=event, country=fiji, contact_point=contact)
    Registration.objects.filter(pk=sala.pk).update(delegation=delegation, delegation_role="head")
    for query, names in {
        "fao_region=africa": ["Amina"],
        "workshop_region=southwest-pacific": ["Sala"],
        "funding=airfare": ["Sala"],
        "funding=none": ["Amina"],
        f"country={kenya.pk}": ["Amina"],
        f"event={event.pk}&delegation={delegation.pk}": ["Sala"],
        "representing=country": ["Sala", "Amina"],
        "representing=rppo": [],
    }.items():
        assert names_in(registrar.get(f"{LIST}?{query}")) == names, query
    assert amina.name == "Amina"


def test_filters_by_what_needs_a_look_and_by_answers(event: Event, registrar: Client) -> None:
    question = make_question(make_set(event), "diet", "choice", choices=["a", "b"], is_required=True)
    one, two, three = (make_registration(event, name=f"Person {n}", email=f"{n}@x.org") for n in "123")
    answer([one], question, "a", "A")
    answer([two], question, "b", "B")
    address = f"{LIST}?event={event.pk}"
    assert names_in(registrar.get(f"{address}&attention=missing")) == [three.name]
    assert names_in(registrar.get(f"{address}&answer={question.pk}:b")) == [two.name]
    assert names_in(registrar.get(f"{address}&attention=duplicates")) == []
    Registration.objects.filter(pk=three.pk).update(email_folded="1@x.org")
    assert names_in(registrar.get(f"{address}&attention=duplicates")) == [three.name, one.name]


def test_who_waits_stands_in_the_order_of_the_waiting_list(event: Event, registrar: Client) -> None:
    rows = crowd(event, 3, categories=list(event.categories.all()), states=(State.WAITING,))
    waiting = sorted(rows, key=lambda row: row.waiting_since)
    assert names_in(registrar.get(f"{LIST}?state=waiting")) == [row.name for row in waiting]
    assert "Waiting since" in registrar.get(f"{LIST}?state=waiting").content.decode()


def test_a_filter_that_is_not_understood_shows_nobody(event: Event, registrar: Client) -> None:
    make_registration(event)
    foreign = make_event("FOREIGN")
    for query in (f"event={foreign.pk}", "state=nonsense", "category=x", "answer=1:a"):
        assert names_in(registrar.get(f"{LIST}?{query}")) == [], query


@pytest.mark.parametrize(
    "query",
    [
        "", "state=pending", "attention=missing", "attention=duplicates", "fao_region=africa", "q=nguyễn",
        "funding=none", "p=3", "ordering=name", "ordering=-created_at", "state=waiting",
    ],
)  # fmt: skip
@pytest.mark.usefixtures("process_cache")
def test_no_filter_asks_more_than_twelve_queries_of_many_rows(
    event: Event, registrar: Client, query: str, django_assert_max_num_queries: Any
) -> None:
    crowd(event, 1500, categories=list(event.categories.all()))
    registrar.get(f"{LIST}?{query}")
    with django_assert_max_num_queries(MOST_QUERIES):
        assert registrar.get(f"{LIST}?{query}").status_code == 200


def test_pages_follow_each_other_without_gap(event: Event, registrar: Client) -> None:
    rows = crowd(event, 120, categories=list(event.categories.all()))
    pages = [names_in(registrar.get(f"{LIST}?p={number}")) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [50, 50, 20]
    assert [name for page in pages for name in page] == [row.name for row in reversed(rows)]


@pytest.mark.usefixtures("process_cache")
def test_what_is_kept_of_a_user_and_of_an_event_with_the_same_key_is_kept_apart(
    event: Event, client: Client
) -> None:
    users = get_user_model().objects
    same = users.filter(pk=event.pk).first() or users.create(pk=event.pk, email="same@example.org")
    Membership.objects.create(event=event, user=same, role=Role.REGISTRAR)
    client.force_login(same)
    make_registration(event, name="Amina")
    for query in ("", f"event={event.pk}", f"event={event.pk}"):
        assert names_in(client.get(f"{LIST}?{query}")) == ["Amina"]
