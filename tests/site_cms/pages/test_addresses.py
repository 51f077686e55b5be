"""No page takes an address that the site answers itself; an event lives without pages."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from events.catalogue.models import Event
from site_cms.models import EventPage, NewsIndexPage, NewsPage, StandardPage
from site_cms.pages.base import reserved_slugs
from tests.factories import make_event, make_session
from tests.site_cms.factories import make_event_site, make_family_pages, make_homes, make_page

pytestmark = pytest.mark.django_db

BELOW_A_LANGUAGE = {"events", "r", "delegations", "search", "feeds", "proposals"}
ELSEWHERE = ("admin", "api", "b", "door", "stripe", "calendar", "accounts", "media", "documents", "static")


def test_what_the_site_answers_below_a_language_is_reserved():
    assert reserved_slugs() >= BELOW_A_LANGUAGE


@pytest.mark.parametrize("slug", sorted(BELOW_A_LANGUAGE))
def test_no_page_is_saved_there(slug):
    home = make_homes(["en"])["en"]
    with pytest.raises(ValidationError) as caught:
        make_page(StandardPage, home, slug)
    assert list(caught.value.message_dict) == ["slug"]
    page = make_page(StandardPage, home, "free")
    page.slug = slug
    with pytest.raises(ValidationError):
        page.save()


def test_what_the_site_answers_elsewhere_hides_no_page(client):
    home = make_homes(["en"])["en"]
    for slug in ELSEWHERE:
        make_page(StandardPage, home, slug, title=f"Page {slug}")
        assert f"<h1>Page {slug}</h1>" in client.get(f"/en/{slug}/").text


def test_an_event_without_pages_is_open_all_the_same(client):
    event = make_event("LONE", title={"en": "Lonely event"})
    make_family_pages(event.family, make_homes(["en"]))
    make_session(event)
    assert client.get("/en/events/LONE/").status_code == 404
    for path in ("/en/events/LONE/register/", "/en/events/LONE/programme/", "/calendar/LONE.ics"):
        assert client.get(path).status_code == 200, path
    for path in ("/en/", "/en/ephyto/", "/en/search/?q=lonely", "/sitemap.xml"):
        response = client.get(path)
        assert response.status_code == 200, path
        assert 'href=""' not in response.text, path


def test_no_page_loses_its_event():
    event = make_event("ONE")
    make_event_site(event, ["en"])
    with pytest.raises(ProtectedError):
        event.delete()
    page = EventPage.objects.get()
    page.event = None
    with pytest.raises(ValidationError) as caught:
        page.full_clean()
    assert "event" in caught.value.message_dict


def test_an_article_survives_its_event(client):
    event = make_event("ONE")
    news = make_page(NewsIndexPage, make_homes(["en"])["en"], "news")
    make_page(NewsPage, news, "one", date="2026-01-01", summary="Words", event=event)
    assert "Event" in client.get("/en/news/one/").text
    Event.objects.filter(pk=event.pk).update(state="draft")
    assert str(event) not in client.get("/en/news/one/").text
    event.counters.all().delete()
    event.delete()
    assert client.get("/en/news/one/").status_code == 200
