"""The clean-up: thousands cancelled at once, nobody written to, places and tickets right, nothing deleted."""

import os
from typing import Any

import pytest
from django.test import Client

from events.access.roles import Role
from events.catalogue.models import Event
from events.outbox.models import Message
from events.registration.junk import JUNK
from events.registration.models import Counter, Registration, StateChange
from events.registration.states import State
from tests.events.access.two_events import make_user
from tests.events.registration.crowd import crowd
from tests.factories import make_category, make_event, make_registration

pytestmark = pytest.mark.django_db
MANY = 10_000 if os.environ.get("DRILL") == "full" else 1_500
JUNK_PAGE = "/admin/registration/junk/"
STATES = (State.CONFIRMED, State.CONFIRMED, State.PENDING, State.WAITING)


@pytest.fixture
def event(client: Client) -> Event:
    event = make_event("SYMPOSIUM", capacity=20_000)
    make_category(event, "D", capacity=20_000)
    client.force_login(make_user("registrar@example.org", (event, Role.REGISTRAR)))
    return event


def post(client: Client, query: str, number: Any) -> Any:
    until = client.get(f"{JUNK_PAGE}?{query}").context["until"]
    return client.post(f"{JUNK_PAGE}?{query}", {"number": number, "until": until})


@pytest.mark.drill
def test_thousands_are_cancelled_and_the_real_one_stays(
    event: Event, client: Client, django_assert_max_num_queries: Any
) -> None:
    real = make_registration(event, name="Amina Otieno")
    crowd(event, MANY, categories=list(event.categories.all()), countries=[], states=STATES)
    with django_assert_max_num_queries(600):
        assert post(client, "q=CROWD-", MANY).status_code == 302
    assert Registration.objects.count() == MANY + 1
    assert Registration.objects.exclude(state=State.CANCELLED).get() == real
    lasting = StateChange.objects.filter(transition="cancel")
    assert set(lasting.values_list("actor", "reason", "to_state")) == {("staff", JUNK, "cancelled")}
    assert lasting.count() == MANY
    assert list(Counter.objects.order_by("pk").values_list("taken", flat=True)) == [1, 1]
    assert not Message.objects.exists()


def test_tickets_end_and_mails_still_to_go_are_taken_out(event: Event, client: Client) -> None:
    from events.registration.telling import tell

    junk, real = make_registration(event, name="Junk"), make_registration(event, name="Real")
    for each in (junk, real):
        tell(each)
    assert post(client, "q=Junk", 1).status_code == 302
    junk.ticket.refresh_from_db()
    assert junk.ticket.revoked_at is not None
    assert real.ticket.revoked_at is None
    assert [message.about["registration"] for message in Message.objects.all()] == [real.pk]


@pytest.mark.parametrize("number", ["", "2", "0", "-1", "one", "1e3", "9" * 30])
def test_another_number_cancels_nobody(event: Event, client: Client, number: str) -> None:
    make_registration(event, name="Junk")
    assert post(client, "q=Junk", number).status_code == 422
    assert Registration.objects.get().state == State.CONFIRMED


def test_a_list_that_is_not_narrowed_cancels_nobody(event: Event, client: Client) -> None:
    make_registration(event)
    assert "Filter or search the list first" in client.get(JUNK_PAGE).content.decode()
    for query in ("", "ordering=name&p=2", "q="):
        client.post(f"{JUNK_PAGE}?{query}", {"number": 1, "until": 10**6})
    assert Registration.objects.get().state == State.CONFIRMED


def test_who_comes_after_the_page_was_shown_stays(event: Event, client: Client) -> None:
    make_registration(event, name="Junk one")
    until = client.get(f"{JUNK_PAGE}?q=Junk").context["until"]
    late = make_registration(event, name="Junk two")
    client.post(f"{JUNK_PAGE}?q=Junk", {"number": 1, "until": until})
    assert Registration.objects.exclude(state=State.CANCELLED).get() == late


def test_only_registrars_clean_up_and_only_their_own_event(event: Event, client: Client) -> None:
    mine, other = make_registration(event, name="Junk"), make_event("OTHER")
    foreign = make_registration(other, make_category(other, "S"), name="Junk")
    client.force_login(make_user("viewer@example.org", (event, Role.VIEWER)))
    assert client.get(f"{JUNK_PAGE}?q=Junk").status_code == 404
    client.force_login(make_user("r2@example.org", (event, Role.REGISTRAR), (other, Role.VIEWER)))
    assert post(client, "q=Junk", 1).status_code == 302
    states = dict(Registration.objects.values_list("pk", "state"))
    assert states == {mine.pk: "cancelled", foreign.pk: "confirmed"}
