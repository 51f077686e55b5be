"""Funding: decided with source and criteria, kept in the history, and no fee for who is funded."""

import pytest
from django.test import Client
from django.urls import reverse

from events.access.roles import Role
from events.journeys.fund import fund
from events.payments.pricing import price_for
from events.registration.funding import funding_history
from events.registration.models import Registration
from events.registration.services import Price
from tests.events.access.two_events import make_user
from tests.factories import make_category, make_event, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Registration:
    event = make_event("SYMPOSIUM")
    return make_registration(event, make_category(event))


def test_who_is_funded_owes_nothing_and_owes_again_when_it_ends(
    person: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    def priced(category: object, *, is_funded: bool = False) -> Price:
        return price_for(person.category, is_funded=True) if is_funded else Price(30_000, "USD", "Full fee")

    monkeypatch.setattr("events.journeys.fund.price_for", priced)
    user = make_user("registrar@example.org")
    for kind, minor in (("airfare", 0), ("none", 30_000), ("airfare-dsa", 0)):
        fund(registration=person, kind=kind, source="Trust fund", criteria="LDC", user=user)
        person.refresh_from_db()
        assert person.price_minor == minor, kind
    assert person.funding.kind == "airfare-dsa"
    assert person.funding.decided_by == user
    kinds = [entry.data["kind"] for entry in funding_history(person)]
    assert sorted(kinds) == ["airfare", "airfare-dsa", "none"]


def test_money_has_a_source_and_criteria(person: Registration, client: Client) -> None:
    client.force_login(make_user("registrar@example.org", (person.event, Role.REGISTRAR)))
    address = reverse("registration:fund", args=(person.pk,))
    page = client.post(address, {"kind": "airfare", "source": "", "criteria": ""})
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"source", "criteria"}
    assert not hasattr(Registration.objects.get(), "funding")
    told = {"kind": "airfare", "source": "Trust fund", "criteria": "LDC"}
    assert client.post(address, told).status_code == 302
    words = client.get(reverse("registration:inspect", args=(person.pk,))).content.decode()
    for word in ("Funding decided: Airfare", "Trust fund · LDC"):
        assert word in words


def test_a_note_is_added_and_shown_and_an_empty_one_refused(person: Registration, client: Client) -> None:
    client.force_login(make_user("registrar@example.org", (person.event, Role.REGISTRAR)))
    address = reverse("registration:note", args=(person.pk,))
    assert client.post(address, {"text": " \u200b "}).status_code == 422
    assert client.post(address, {"text": "Front seat <b>please</b>"}).status_code == 302
    words = client.get(reverse("registration:inspect", args=(person.pk,))).content.decode()
    assert "Front seat &lt;b&gt;please&lt;/b&gt;" in words
    assert person.notes.count() == 1


@pytest.mark.parametrize("role", [Role.EDITOR, Role.FINANCE, Role.DOOR, Role.VIEWER])
@pytest.mark.parametrize("act", ["fund", "note"])
def test_only_registrars_add_to_a_registration(
    person: Registration, client: Client, role: Role, act: str
) -> None:
    client.force_login(make_user("member@example.org", (person.event, role)))
    told = {"text": "x", "kind": "none"}
    assert client.post(reverse(f"registration:{act}", args=(person.pk,)), told).status_code == 404
    assert person.notes.count() == 0
