import datetime as dt
import xml.etree.ElementTree as ET

import pytest

from tests.factories import make_category, make_event
from tests.site_cms.factories import LANGUAGES, make_event_pages, make_family_pages, make_homes

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
NAMES = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def read(client) -> dict[str, dict[str, str]]:
    """The twins by language of each address in the site map."""
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    root = ET.fromstring(response.content)  # noqa: S314 - our own answer
    return {
        url.find("m:loc", NAMES).text: {
            twin.get("hreflang"): twin.get("href") for twin in url.findall("x:link", NAMES)
        }
        for url in root.findall("m:url", NAMES)
    }


def test_every_live_page_in_every_language(client):
    event = make_event("ONE", registration_opens_at=None, registration_closes_at=None)
    parents = make_family_pages(event.family, make_homes())
    make_event_pages(event, {code: parents[code] for code in ("en", "ar")})
    make_event_pages(make_event("HIDDEN"), parents, live=False)
    found = read(client)
    expected = {f"{SITE}/{code}/" for code in LANGUAGES} | {f"{SITE}/{code}/ephyto/" for code in LANGUAGES}
    one = {code: f"{SITE}/{code}/ephyto/one/" for code in ("en", "ar")}
    assert set(found) == expected | set(one.values())
    assert found[one["ar"]] == one
    assert found[f"{SITE}/ru/"] == {code: f"{SITE}/{code}/" for code in LANGUAGES}


def test_programme_and_registration_of_open_events_only(client):
    make_category(make_event("OPEN"))
    make_category(make_event("FULL", capacity=0))
    make_category(make_event("DRAFT", state="draft"))
    make_category(make_event("DEMO", is_demonstration=True))
    make_category(make_event("OVER", start_date=dt.date(2018, 1, 1), end_date=dt.date(2018, 1, 2)))
    make_homes()
    twins = {code: f"{SITE}/{code}/events/OPEN/register/" for code in LANGUAGES}
    found = {url: links for url, links in read(client).items() if "/events/" in url}
    assert set(found) == {
        f"{SITE}/{code}/events/OPEN/{step}/" for code in LANGUAGES for step in ("programme", "register")
    }
    assert found[twins["fr"]] == twins


def test_a_demonstration_is_left_out(client):
    event = make_event("DEMO", is_demonstration=True)
    make_event_pages(event, make_family_pages(event.family, make_homes()))
    assert not [url for url in read(client) if "demo" in url.lower()]


def test_the_number_of_queries_is_fixed(client, django_assert_num_queries):
    parents = make_family_pages(make_event("FIRST").family, make_homes())
    read(client)
    with django_assert_num_queries(5):
        read(client)
    for number in range(5):
        event = make_event(f"MORE-{number}")
        make_category(event)
        make_event_pages(event, parents)
    with django_assert_num_queries(5):
        read(client)


def test_robots_are_shown_the_site_map_and_kept_from_personal_links(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain"
    lines = response.text.splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[-1] == f"Sitemap: {SITE}/sitemap.xml"
    assert {"Disallow: /*/r/", "Disallow: /*/delegations/", "Disallow: /admin/"} <= set(lines)
