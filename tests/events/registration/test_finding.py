"""Who may be the same person, and who is found by what is typed."""

import pytest

from events.catalogue.models import Event
from events.registration.finding import duplicates_of, matching, possible_duplicates
from events.registration.models import Registration
from tests.factories import make_category, make_country, make_event, make_registration

pytestmark = pytest.mark.django_db
ROWS = Registration.objects


@pytest.fixture
def event() -> Event:
    event = make_event("SYMPOSIUM")
    make_category(event)
    return event


def twice_there() -> set[str]:
    return set(possible_duplicates(ROWS.all()).values_list("email", flat=True))


def test_the_same_address_in_any_letter_case_is_a_possible_duplicate(event: Event) -> None:
    first = make_registration(event, email="amina@example.org")
    second = make_registration(event, email="Amina@Example.org")
    make_registration(event, email="other@example.org")
    assert twice_there() == {"amina@example.org", "Amina@Example.org"}
    assert list(duplicates_of(first)) == [second]


def test_the_same_name_counts_with_the_same_country_only(event: Event) -> None:
    kenya, fiji = make_country("KE"), make_country("FJ", "Fiji")
    for email, name, country in (
        ("a@x.org", "JOSÉ García", kenya),
        ("b@x.org", "José GARCÍA", kenya),
        ("c@x.org", "José García", fiji),
        ("d@x.org", "José García", None),
    ):
        representing = "country" if country else "other"
        make_registration(event, email=email, name=name, country=country, representing=representing)
    assert twice_there() == {"a@x.org", "b@x.org"}
    make_registration(event, email="e@x.org", name="José García")
    assert twice_there() == {"a@x.org", "b@x.org", "d@x.org", "e@x.org"}
    found = duplicates_of(ROWS.get(email="d@x.org"))
    assert [row.email for row in found] == ["e@x.org"]


def test_neither_other_events_nor_ended_registrations_make_a_duplicate(event: Event) -> None:
    other = make_event("OTHER")
    make_registration(event, email="a@x.org", name="Amina")
    make_registration(other, make_category(other, "S"), email="a@x.org", name="Amina")
    ended = make_registration(event, email="a@x.org", name="Amina")
    ROWS.filter(pk=ended.pk).update(state="withdrawn")
    assert twice_there() == set()


@pytest.mark.parametrize("typed", ["nguyễn", "NGUYỄN", "  thị ánh ", "%", "_", "\\", "'"])
def test_what_is_typed_is_looked_for_as_it_is(event: Event, typed: str) -> None:
    make_registration(event, name="Nguyễn Thị Ánh", email="a@x.org")
    make_registration(event, name="100% Plant_Health \\ O'Neil", email="b@x.org")
    expected = "a@x.org" if any(char.isalpha() for char in typed) else "b@x.org"
    assert [row.email for row in matching(ROWS.all(), typed)] == [expected]


def test_addresses_are_searched_only_where_they_may_be_seen(event: Event) -> None:
    make_registration(event, name="Amina", email="secret@x.org")
    assert matching(ROWS.all(), "secret@", mail_in=[event.pk]).count() == 1
    assert matching(ROWS.all(), "secret@", mail_in=[]).count() == 0
    assert matching(ROWS.all(), "amina", mail_in=[]).count() == 1
