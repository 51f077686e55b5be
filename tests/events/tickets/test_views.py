import pytest
from django.test import Client

from events.registration.models import Registration
from events.tickets.models import Ticket
from events.tickets.services import revoke_ticket
from tests.factories import make_event, make_registration


@pytest.fixture
def registration(db: None) -> Registration:
    event = make_event("EPHYTO-3", title={"en": "Symposium", "fr": "Colloque"})
    return make_registration(event, name="Amina Otieno", organization="KEPHIS", email="amina@example.org")


@pytest.mark.parametrize("form", ["/B/{}", "/b/{}"])
@pytest.mark.parametrize("change", [str.upper, str.lower])
def test_a_badge_tells_its_event_and_nothing_of_the_person(
    client: Client, registration: Registration, form: str, change
) -> None:
    response = client.get(form.format(change(registration.ticket.code)))
    text = response.content.decode()

    assert response.status_code == 200
    assert "Symposium" in text
    assert "/door/" in text
    assert "/en/events/EPHYTO-3/" in text
    for secret in ("Amina", "KEPHIS", "amina@", registration.reference, str(registration.public_id)):
        assert secret not in text
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_a_revoked_badge_tells_the_same(client: Client, registration: Registration) -> None:
    before = client.get(f"/B/{registration.ticket.code}").content
    revoke_ticket(registration=registration)

    assert client.get(f"/B/{registration.ticket.code}").content == before


def test_the_language_is_the_phones(client: Client, registration: Registration) -> None:
    response = client.get(f"/B/{registration.ticket.code}", headers={"accept-language": "fr-CA,fr;q=0.9"})

    assert "Colloque" in response.content.decode()
    assert 'lang="fr"' in response.content.decode()


@pytest.mark.parametrize("code", ["A" * 20, "A" * 19, "0" * 20, "x", "%00", "%D9%A1", "A" * 3000])
def test_any_other_code_is_not_found_in_words(client: Client, db: None, code: str) -> None:
    response = client.get(f"/B/{code}")

    assert response.status_code == 404
    assert "We do not know this badge" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_opening_a_badge_changes_nothing(client: Client, registration: Registration) -> None:
    rows = list(Ticket.objects.values()), list(Registration.objects.values())

    assert client.head(f"/B/{registration.ticket.code}").status_code == 200
    assert client.post(f"/B/{registration.ticket.code}").status_code == 405
    assert rows == (list(Ticket.objects.values()), list(Registration.objects.values()))


def test_one_query(client: Client, registration: Registration, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        client.get(f"/B/{registration.ticket.code}")
