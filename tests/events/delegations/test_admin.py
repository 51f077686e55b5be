import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from events.access.models import AccessRecord
from events.access.roles import Role
from events.delegations.models import ContactPoint, Delegation
from events.delegations.services import attach_letter
from events.outbox.models import Message
from events.registration.models import Counter
from tests.events.access.two_events import make_user
from tests.factories import (
    make_category,
    make_contact_point,
    make_country,
    make_delegation,
    make_event,
    make_rppo,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/delegation/"
LIST_QUERIES = 12


@pytest.fixture
def event():
    event = make_event("CPM-1", start_date=dt.date(2040, 1, 1), end_date=dt.date(2040, 1, 2))
    make_category(event, "D", label={"en": "Delegate"}, delegation_places=3)
    return event


@pytest.fixture
def registrar(event, client):
    client.force_login(make_user("registrar@example.org", (event, Role.REGISTRAR)))
    return client


@pytest.fixture
def viewer(event, client):
    client.force_login(make_user("viewer@example.org", (event, Role.VIEWER)))
    return client


def party(iso2, name, **fields):
    return make_contact_point(make_country(iso2, name, status="CP", **fields))


def many(client, event, **data):
    return client.post(f"{LIST}many/", {"event": event.pk, "whom": "parties"} | data, follow=True)


def test_delegations_of_all_parties_are_made_and_invited_at_once(registrar, event):
    party("KE", "Kenya")
    left = party("FR", "France")
    ContactPoint.objects.filter(pk=left.pk).update(is_active=False)
    make_contact_point(make_country("AQ", "Antarctica"))
    newest = party("KE", "Kenya")
    page = many(registrar, event, invites="on")
    assert "1 delegation was added. 0 were there already." in page.content.decode()
    delegation = Delegation.objects.get()
    assert (delegation.contact_point, str(delegation.country)) == (newest, "Kenya")
    assert dict(delegation.counters.values_list("category__letter", "capacity")) == {None: None, "D": 3}
    assert list(Message.objects.values_list("kind", "to")) == [("delegation-invitation", newest.email)]
    assert "0 delegations were added. 1 was there already." in many(registrar, event).content.decode()


def test_a_region_and_chosen_ones(registrar, event):
    kenya = party("KE", "Kenya", fao_region="africa")
    france = party("FR", "France", fao_region="europe")
    eppo = make_rppo("EPPO")
    make_contact_point(rppo=eppo, kind="rppo")
    many(registrar, event, whom="region:africa")
    assert [one.country for one in Delegation.objects.all()] == [kenya.country]
    assert many(registrar, event, whom="chosen").status_code == 422
    many(registrar, event, whom="chosen", countries=[france.country.pk], rppos=[eppo.pk])
    assert {one.party for one in Delegation.objects.all()} == {"Kenya", "France", "EPPO – EPPO"}


def test_another_event_is_out_of_reach(registrar, event):
    other = make_event("OTHER")
    party("KE", "Kenya")
    assert many(registrar, other).status_code == 422
    foreign = make_delegation(other)
    for page in ("inspect", "edit", "places", "letter", "invite", "revoke", "original_seen"):
        assert registrar.get(f"{LIST}{page}/{foreign.pk}/").status_code == 404, page
        assert registrar.post(f"{LIST}{page}/{foreign.pk}/").status_code == 404, page
    assert "OTHER" not in registrar.get(LIST).content.decode()


def test_somebody_else_nominates_only_with_approval(registrar, event):
    office = make_contact_point(make_country("FR", "France"), kind="fao-office", office="FAO Nairobi")
    data = {"event": event.pk, "country": make_country().pk, "contact_point": office.pk}
    assert registrar.post(f"{LIST}new/", data).status_code == 302
    delegation = Delegation.objects.get()
    assert delegation.needs_approval
    assert delegation.counters.count() == 2
    assert registrar.post(f"{LIST}new/", data | {"country": ""}).status_code == 200
    assert Delegation.objects.count() == 1


def test_the_act_on_the_page_is_written_in_its_history(registrar, event):
    delegation = make_delegation(event)
    for act, credentials in (("credentials_received", "received"), ("original_seen", "original-seen")):
        page = registrar.post(f"{LIST}{act}/{delegation.pk}/", follow=True).content.decode()
        delegation.refresh_from_db()
        assert delegation.credentials == credentials
    assert "Credentials received" in page
    assert "Original seen" in page
    registrar.post(f"{LIST}invite/{delegation.pk}/")
    twice = registrar.post(f"{LIST}invite/{delegation.pk}/", follow=True).content.decode()
    assert "was sent a moment ago" in twice
    registrar.post(f"{LIST}revoke/{delegation.pk}/")
    delegation.refresh_from_db()
    assert (delegation.link_version, Message.objects.count()) == (1, 1)


def test_places_of_one_and_of_all(registrar, event):
    one = make_delegation(event)
    other = make_delegation(event, make_contact_point(make_country("FR", "France")))
    category = event.categories.get()
    name = f"places_{category.pk}"

    def capacities():
        rows = Counter.objects.filter(category=category, delegation__isnull=False).order_by("delegation__pk")
        return list(rows.values_list("capacity", flat=True))

    registrar.post(f"{LIST}places/{one.pk}/", {name: "5"})
    assert capacities() == [5, 3]
    registrar.post(f"{LIST}places/{one.pk}/", {name: "", "everybody": "on"})
    assert capacities() == [None, None]
    Counter.objects.filter(delegation=other).update(taken=2)
    assert registrar.post(f"{LIST}places/{one.pk}/", {name: "-1"}).status_code == 422


def test_fewer_places_than_taken_are_refused_in_words(registrar, event):
    from tests.events.journeys.delegation.nominees import nominate_some

    delegation = make_delegation(event)
    nominate_some(delegation, 2)
    category = event.categories.get()
    page = registrar.post(f"{LIST}places/{delegation.pk}/", {f"places_{category.pk}": "1"})
    assert (page.status_code, "Kenya has taken 2 places" in page.content.decode()) == (422, True)
    Counter.objects.filter(delegation=delegation, category=category).delete()
    registrar.post(f"{LIST}places/{delegation.pk}/", {f"places_{category.pk}": "4"})
    counter = Counter.objects.get(delegation=delegation, category=category)
    assert (counter.taken, counter.capacity) == (2, 4)


def test_the_letter_is_a_file_to_keep_and_recorded(registrar, event):
    delegation = make_delegation(event)
    assert registrar.get(f"{LIST}letter/{delegation.pk}/").status_code == 404
    attach_letter(delegation=delegation, letter=SimpleUploadedFile("a.pdf", b"%PDF-1.7 signed %%EOF"))
    response = registrar.get(f"{LIST}letter/{delegation.pk}/")
    assert b"".join(response.streaming_content) == b"%PDF-1.7 signed %%EOF"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert AccessRecord.objects.get(what="letter of a delegation").subject == "Kenya – CPM-1"


def test_a_viewer_sees_no_contact_data_and_changes_nothing(viewer, event):
    delegation = make_delegation(event)
    page = viewer.get(f"{LIST}inspect/{delegation.pk}/").content.decode()
    assert "Kenya" in page
    assert delegation.contact_point.email not in page + viewer.get(LIST).content.decode()
    for page in ("places", "letter", "invite", "edit", "revoke"):
        assert viewer.post(f"{LIST}{page}/{delegation.pk}/").status_code == 404
    assert viewer.get(f"{LIST}many/").status_code == 302
    assert viewer.get("/admin/contactpoint/").status_code == 302
    assert viewer.get(f"{LIST}?export=csv").status_code in {302, 403}


def test_filters_and_export(registrar, event):
    from tests.events.journeys.delegation.nominees import nominate_some

    kenya = make_delegation(event, make_contact_point(make_country("KE", "Kenya", fao_region="africa")))
    france = make_delegation(event, make_contact_point(make_country("FR", "France", fao_region="europe")))
    nominate_some(kenya, 2)
    Delegation.objects.filter(pk=france.pk).update(credentials="received")

    def shown(**query):
        return [row.pk for row in registrar.get(LIST, query).context["object_list"]]

    assert shown(standing="nobody") == shown(region="europe") == shown(credentials="received") == [france.pk]
    assert shown(standing="unconfirmed") == [kenya.pk]
    assert set(shown(standing="uninvited")) == {kenya.pk, france.pk}
    assert shown(q="France") == [france.pk]
    export = b"".join(registrar.get(LIST, {"export": "csv"}).streaming_content).decode()
    assert f"CPM-1,Kenya,{kenya.contact_point.name},{kenya.contact_point.email},English" in export


def test_the_list_costs_the_same_with_many(registrar, event, django_assert_num_queries):
    make_delegation(event)
    registrar.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        registrar.get(LIST)
    for iso2 in ("FR", "DE", "IT", "FJ"):
        make_delegation(event, make_contact_point(make_country(iso2, iso2)))
    with django_assert_num_queries(LIST_QUERIES):
        registrar.get(LIST)


def test_a_contact_point_needs_what_goes_with_its_kind(registrar):
    data = {"name": "Amina", "email": "amina@example.org", "language": "fr", "is_active": "on"}
    wrong = registrar.post("/admin/contactpoint/new/", data | {"kind": "rppo", "country": make_country().pk})
    assert "Choose the organization." in wrong.content.decode()
    registrar.post("/admin/contactpoint/new/", data | {"kind": "official", "country": make_country().pk})
    assert ContactPoint.objects.get().represents == "Kenya"
    assert registrar.get("/admin/contactpoint/").status_code == 200
    assert AccessRecord.objects.filter(what="contact points").exists()
    assert registrar.get(f"/admin/contactpoint/delete/{ContactPoint.objects.get().pk}/").status_code == 404


def test_the_page_opens_from_here_for_superusers_in_demonstrations(client, event):
    delegation = make_delegation(event)
    client.force_login(make_user("root@example.org", superuser=True))
    address = f"{LIST}inspect/{delegation.pk}/"
    assert "/delegations/" not in client.get(address).content.decode()
    event.is_demonstration = True
    event.save()
    assert "Open the page as the contact point sees it" in client.get(address).content.decode()
