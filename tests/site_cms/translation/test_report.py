import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from events.access.roles import Role
from site_cms.models import StandardPage
from tests.events.access.two_events import CANARY, make_user
from tests.factories import make_category, make_event, make_session
from tests.site_cms.editing.two_sites import TwoSites, make_editor, make_two_sites
from tests.site_cms.factories import make_event_pages

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/reports/languages/"


@pytest.fixture
def sites() -> TwoSites:
    sites = make_two_sites()
    now = timezone.now()
    Page.objects.update(last_published_at=now)
    Page.objects.filter(pk=sites.pages["fr"].pk).update(last_published_at=now - dt.timedelta(days=1))
    Page.objects.filter(pk=sites.pages["ar"].pk).update(live=False)
    return sites


def rows(client: Client, query: str = "") -> dict[str, list[str]]:
    """What each row says, by its title: the kind, then each language."""
    answer = client.get(ADDRESS + query)
    assert answer.status_code == 200
    assert CANARY not in answer.text
    table = BeautifulSoup(answer.content, "html.parser").find("table", class_="listing")
    if table is None:
        return {}
    cells = [
        [cell.get_text(" ", strip=True) for cell in row.find_all("td")] for row in table.tbody.find_all("tr")
    ]
    return {title: rest for title, *rest in cells}


def counts(client: Client) -> list[str]:
    page = BeautifulSoup(client.get(ADDRESS).content, "html.parser")
    return [each.get_text(" ", strip=True) for each in page.select(".language-counts a")]


def test_pages_and_short_texts_of_the_own_event(sites: TwoSites, client: Client) -> None:
    make_category(sites.event, label={"en": "Delegate", "fr": "Délégué", "es": "Delegado"})
    make_category(sites.other_event, letter="X", label={"en": CANARY})
    make_session(sites.event, title={"en": "Opening"})
    client.force_login(make_editor(sites))
    title = str(sites.event)
    assert rows(client, "?kind=texts") == {
        title: ["Event", *["Missing"] * 5],
        "Delegate": ["Category of participant", "Complete", "Complete", "Missing", "Missing", "Missing"],
        "Opening": ["Session", *["Missing"] * 5],
    }
    assert rows(client, "?kind=pages") == {
        title: ["Event page", "Out of date", "Missing", "Not published", "Missing", "Missing"],
        "Visa": ["Standard page", *["Missing"] * 5],
    }
    assert counts(client)[0] == "Français 4 3 missing 1 out of date"


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?gap=outdated", {"event"}),
        ("?gap=outdated&language=ar", set()),
        ("?gap=draft&language=ar", {"event"}),
        ("?language=fr&kind=pages", {"event", "Visa"}),
        ("?gap=missing&kind=pages&language=ar", {"Visa"}),
        ("?gap=nonsense&p=x", {"event", "Visa"}),
    ],
)
def test_the_filter(sites: TwoSites, client: Client, query: str, titles: set[str]) -> None:
    client.force_login(make_editor(sites))
    assert set(rows(client, query)) == {str(sites.event) if each == "event" else each for each in titles}


def test_texts_of_events_that_are_over_on_request(sites: TwoSites, client: Client) -> None:
    over = timezone.now().date() - dt.timedelta(days=9)
    past = make_event("PAST", family=sites.event.family, start_date=over, end_date=over)
    client.force_login(make_user("root@example.org", superuser=True))
    Page.objects.filter(draft_title__contains=CANARY).delete()
    assert str(past) not in rows(client, "?kind=texts")
    assert str(past) in rows(client, "?kind=texts&past=on")


def test_a_gap_leads_to_where_it_is_mended(sites: TwoSites, client: Client) -> None:
    client.force_login(make_editor(sites))
    page = BeautifulSoup(client.get(f"{ADDRESS}?kind=pages").content, "html.parser")
    links = {each.get_text(strip=True): each["href"] for each in page.select("tbody tr:first-child a.gap")}
    assert links["Out of date"] == f"/admin/pages/{sites.pages['fr'].pk}/edit/"
    submit = f"/admin/localize/submit/page/{sites.pages['en'].pk}/?select_locale=ru"
    assert links["Missing"] == submit
    assert client.get(submit).status_code == 200


def test_only_for_editors(sites: TwoSites, client: Client) -> None:
    client.force_login(make_editor(sites, role=Role.REGISTRAR))
    assert client.get(ADDRESS).status_code == 302


def test_the_report_costs_the_same_with_more_pages(
    sites: TwoSites, client: Client, django_assert_num_queries
) -> None:
    client.force_login(make_editor(sites))
    client.get(ADDRESS)
    with django_assert_num_queries(17):
        client.get(ADDRESS)
    for number in range(5):
        page = StandardPage(title=f"More {number}", slug=f"more-{number}")
        sites.pages["en"].add_child(instance=page)
        make_category(sites.event, letter=f"{number}")
        make_session(sites.event, hour=9 + number)
        make_event_pages(make_event(f"MORE-{number}"), {"en": sites.pages["en"].get_parent()})
    with django_assert_num_queries(17):
        client.get(ADDRESS)
