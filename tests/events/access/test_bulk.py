"""Acts on all in the list: what the list shows, and what the asking page listed, nothing else."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.access.roles import Role
from events.catalogue.models import Event
from events.registration.models import Counter, Registration
from tests.events.access.two_events import make_user
from tests.events.proposals.rows import make_proposal
from tests.factories import make_category, make_event, make_family, make_registration

pytestmark = pytest.mark.django_db
REFUSE = "/admin/bulk/events/registration/refuse/"


@pytest.fixture
def events(client: Client) -> tuple[Event, Event]:
    pair = make_event("FIRST", capacity=50), make_event("SECOND", capacity=50)
    for event in pair:
        make_category(event, "P", needs_approval=True, capacity=40)
    client.force_login(make_user("registrar@example.org", *((event, Role.REGISTRAR) for event in pair)))
    return pair


def listed_by(client: Client, address: str) -> str:
    field = BeautifulSoup(client.get(address).content, "html.parser").select_one("[name=listed]")
    return field["value"] if field else ""


def test_all_are_those_that_the_filtered_and_searched_list_shows(
    client: Client, events: tuple[Event, Event]
) -> None:
    mine = make_registration(events[0], name="Wanjiru Kenya")
    other = make_registration(events[0], name="Somebody Else")
    make_registration(events[1], name="Kenya Again")
    of_event = f"{REFUSE}?event={events[0].pk}&state=pending"
    assert listed_by(client, f"{of_event}&id=all") == f"{mine.pk},{other.pk}"
    assert listed_by(client, f"{of_event}&q=KENYA&id=all&next=/admin/registration/") == str(mine.pk)
    assert listed_by(client, f"{REFUSE}?state=refused&id=all") == ""


def test_all_proposed_events_are_those_of_the_list(client: Client) -> None:
    family = make_family("iyph")
    event = make_event("IYPH-1", family=family)
    client.force_login(make_user("editor@example.org", (event, Role.EDITOR)))
    soil, _seeds, far = (make_proposal(family, title=title) for title in ("Soil Day", "Seeds", "Soil Far"))
    type(far).objects.filter(pk=far.pk).update(level="global")
    refuse = "/admin/bulk/events/proposal/refuse/"
    assert listed_by(client, f"{refuse}?q=soil&id=all") == f"{soil.pk},{far.pk}"
    assert listed_by(client, f"{refuse}?q=soil&level=global&id=all") == str(far.pk)


def test_who_comes_after_the_asking_page_is_not_decided_on(
    client: Client, events: tuple[Event, Event]
) -> None:
    address = f"{REFUSE}?id=all"
    seen = make_registration(events[0])
    listed = listed_by(client, address)
    late = make_registration(events[0])
    client.post(address, {"listed": listed, "code": "full"})
    assert dict(Registration.objects.values_list("pk", "state")) == {seen.pk: "refused", late.pk: "pending"}


def test_a_post_that_lists_nobody_decides_on_nobody(client: Client, events: tuple[Event, Event]) -> None:
    registration = make_registration(events[0])
    for query in ("?id=all", f"?id={registration.pk}"):
        client.post(REFUSE + query, {"listed": "x,,", "code": "full"})
    assert Registration.objects.get().state == "pending"


def test_rows_are_held_before_counters_and_both_before_any_change(
    client: Client, events: tuple[Event, Event]
) -> None:
    rows = [make_registration(event) for event in events]
    with CaptureQueriesContext(connection) as queries:
        client.post(REFUSE, {"listed": f"{rows[1].pk},{rows[0].pk}", "code": "full"})
    asked = [query["sql"] for query in queries]
    registration, counter = Registration._meta.db_table, Counter._meta.db_table
    changed = next(place for place, sql in enumerate(asked) if sql.startswith(f'UPDATE "{registration}"'))
    rows_held = f'SELECT "{registration}"."event_id" AS'
    counters_held = f'SELECT "{counter}"."id" AS'
    held = [sql for sql in asked[:changed] if sql.startswith((rows_held, counters_held))]
    assert [sql.startswith(rows_held) for sql in held] == [True, False]
    assert [sql.split("ORDER BY ")[1].split(" ASC")[0] for sql in held] == [f'"{registration}"."id"', "1"]
    if connection.features.has_select_for_update:
        assert all("FOR UPDATE" in sql for sql in held)
    assert set(Registration.objects.values_list("state", flat=True)) == {"refused"}
