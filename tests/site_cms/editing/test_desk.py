import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.access.roles import Role
from events.catalogue.models import Event
from events.outbox.models import Message
from events.outbox.services import queue
from events.proposals.models import Proposal
from site_cms.models import EventPage, StandardPage
from tests.events.access.two_events import CANARY, make_user
from tests.factories import make_event, make_family

from .two_sites import TwoSites, make_editor, make_two_sites

pytestmark = pytest.mark.django_db


@pytest.fixture
def sites() -> TwoSites:
    sites = make_two_sites()
    Event.objects.filter(pk=sites.other_event.pk).update(title={"en": CANARY})
    return sites


def cards(client: Client) -> dict[str, str]:
    """What each card of the dashboard says, by its heading."""
    answer = client.get("/admin/")
    assert answer.status_code == 200
    found = BeautifulSoup(answer.content, "html.parser").select(".desk-card")
    return {
        card.h2.get_text(strip=True): " ".join(card.get_text(" ", strip=True).split())
        .removeprefix(card.h2.get_text(strip=True))
        .strip()
        for card in found
    }


def submit(page: StandardPage, user) -> None:
    page.save_revision(user=user)
    page.get_workflow().start(page, user)


def make_proposal(family) -> Proposal:
    day = timezone.now().date()
    return Proposal.objects.create(
        family=family,
        title="Plant day",
        title_folded="plant day",
        language="en",
        start_date=day,
        end_date=day,
        proposer_name="P",
        proposer_email="p@example.org",
    )


def test_an_editor_sees_what_waits_in_the_own_events(sites: TwoSites, client: Client) -> None:
    editor, second = make_editor(sites), make_editor(sites, "second@example.org")
    submit(sites.draft, second)
    submit(sites.other_draft, make_user("stranger@example.org", (sites.other_event, Role.EDITOR)))
    client.force_login(editor)
    told = cards(client)
    assert CANARY not in str(told)
    assert told["Waiting for review"].startswith("Visa en Submitted by second@example.org")
    assert str(sites.event) in told["Registration soon"]
    assert told["Pages to translate"].startswith("Français 1 Español 2 العربية 1 中文 2 Русский 2")
    assert set(told) == {"Waiting for review", "Registration soon", "Pages to translate"}
    client.force_login(second)
    assert "Submitted by you; a colleague decides" in cards(client)["Waiting for review"]


def test_what_opens_and_closes_within_three_weeks(sites: TwoSites, client: Client) -> None:
    now = timezone.now()
    windows = {"soon": (5, 60), "later": (30, 60), "closing": (-5, 20), "closed": (-9, -1)}
    for code, (opens, closes) in windows.items():
        make_event(
            code,
            title={"en": code},
            registration_opens_at=now + dt.timedelta(days=opens),
            registration_closes_at=now + dt.timedelta(days=closes),
        )
    make_event(
        "OFF", title={"en": "off"}, state="cancelled", registration_opens_at=now + dt.timedelta(days=1)
    )
    Event.objects.filter(pk__in=[sites.event.pk, sites.other_event.pk]).update(registration_closes_at=None)
    client.force_login(make_user("root@example.org", superuser=True))
    told = cards(client)["Registration soon"]
    assert [word for word in told.split() if word in {*windows, "off", "opens", "closes"}] == [
        "soon",
        "opens",
        "closing",
        "closes",
    ]


def test_an_event_without_a_page_gets_its_draft_by_one_button(sites: TwoSites, client: Client) -> None:
    event = make_event("NEW", family=sites.event.family, title={"en": "A new event"})
    user = make_user("new@example.org", (event, Role.EDITOR))
    client.force_login(user)
    assert cards(client)["Events without a page"] == "A new event Make its page"
    address = reverse("make_event_page", args=(event.pk,))
    assert client.get(address).status_code == 405
    for _twice in range(2):
        page_address = client.post(address)["Location"]
    page = EventPage.objects.get(event=event)
    assert page_address == reverse("wagtailadmin_pages:edit", args=(page.pk,))
    assert (page.live, page.slug, page.title, page.owner) == (False, "new", "A new event", user)
    assert page.get_parent().pk == sites.pages["en"].get_parent().pk
    assert client.get(page_address).status_code == 200
    assert "Events without a page" not in cards(client)


def test_nobody_makes_the_page_of_another_event(sites: TwoSites, client: Client) -> None:
    foreign = make_event("NEW", family=sites.event.family)
    address = reverse("make_event_page", args=(foreign.pk,))
    client.force_login(make_editor(sites))
    assert client.post(address).status_code == 404
    client.force_login(make_user("door@example.org", (foreign, Role.DOOR)))
    assert client.post(address).status_code in {302, 403}
    assert not EventPage.objects.filter(event=foreign).exists()


def test_without_a_family_page_the_button_says_so(sites: TwoSites, client: Client) -> None:
    event = make_event("NEW", family=make_family("alone"))
    client.force_login(make_user("new@example.org", (event, Role.EDITOR)))
    answer = client.post(reverse("make_event_page", args=(event.pk,)), follow=True)
    assert "has no page yet" in answer.text


def test_proposals_and_mails_given_up(sites: TwoSites, client: Client) -> None:
    make_proposal(sites.event.family)
    make_proposal(make_family("other"))
    queue(kind="account", to="a@example.org", language="en", about={}, once="x")
    Message.objects.update(state=Message.State.DEAD)
    client.force_login(make_editor(sites))
    told = cards(client)
    assert told["Proposed events"] == "1 proposal waits for moderation"
    assert "Mails given up" not in told
    client.force_login(make_user("root@example.org", superuser=True))
    told = cards(client)
    assert told["Proposed events"] == "2 proposals wait for moderation"
    assert told["Mails given up"] == "1 mail could not be delivered"


@pytest.mark.parametrize("role", [Role.DOOR, Role.FINANCE, Role.VIEWER])
def test_who_edits_no_page_sees_no_card_about_pages(sites: TwoSites, client: Client, role: Role) -> None:
    client.force_login(make_editor(sites, role=role))
    assert set(cards(client)) <= {"Registration soon"}


def test_the_desk_costs_the_same_with_more_to_tell(
    sites: TwoSites, client: Client, django_assert_num_queries
) -> None:
    editor, second = make_editor(sites), make_editor(sites, "second@example.org")
    submit(sites.draft, second)
    client.force_login(editor)
    client.get("/admin/")
    with django_assert_num_queries(29):
        client.get("/admin/")
    for number in range(4):
        page = sites.pages["en"].add_child(instance=StandardPage(title="M", slug=f"m-{number}", live=False))
        submit(page, second)
        make_proposal(sites.event.family)
        event = make_event(f"N-{number}", family=sites.event.family)
        event.team.create(user=editor, role=Role.EDITOR)
    with django_assert_num_queries(29):
        client.get("/admin/")
