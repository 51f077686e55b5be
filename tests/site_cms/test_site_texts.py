import pytest
from django.core.management import call_command

from events.catalogue.designations import DISCLAIMER
from site_cms import site_texts
from site_cms.models import NewsIndexPage, SiteTexts, StandardPage
from tests.factories import make_category, make_event
from tests.site_cms.factories import make_homes, make_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing_texts(monkeypatch):
    """Instead of the suite's own: texts are read."""
    monkeypatch.setattr(site_texts, "_kept", [])


def test_the_standard_words_until_somebody_writes_others(client):
    make_homes()
    text = client.get("/en/").text
    assert "Food and Agriculture Organization of the United Nations, Rome" in text
    assert "mailto:" not in text


def test_the_contact_below_every_page_in_its_language(client):
    make_homes()
    SiteTexts(
        contact={"en": "Secretariat\nRoom <b>1</b>", "fr": "Secrétariat"}, contact_email="a@example.org"
    ).save()
    english = client.get("/en/").text
    assert "<p>Secretariat<br>Room &lt;b&gt;1&lt;/b&gt;</p>" in english
    assert '<a href="mailto:a@example.org">' in english
    assert "<p>Secrétariat</p>" in client.get("/fr/").text
    assert '<span lang="en" dir="ltr">Secretariat' in client.get("/ru/").text


def test_a_change_is_seen_at_once(client):
    make_homes()
    texts = SiteTexts(contact={"en": "Before"})
    texts.save()
    assert "Before" in client.get("/en/").text
    texts.contact = {"en": "After"}
    texts.save()
    assert "After" in client.get("/en/").text


def test_texts_are_read_once_in_three_seconds(monkeypatch, django_assert_num_queries):
    now = [100.0]
    monkeypatch.setattr(site_texts.time, "monotonic", lambda: now[0])
    with django_assert_num_queries(3):
        site_texts.standing(None)
        site_texts.standing(None)
    now[0] += site_texts.KEEP_SECONDS + 0.1
    with django_assert_num_queries(3):
        site_texts.standing(None)


def test_the_disclaimer_on_designations(client):
    event = make_event("ONE")
    make_category(event)
    address = f"/en/events/{event.code}/register/"
    assert str(DISCLAIMER) in client.get(address).text
    SiteTexts(designations={"en": "Our own words <b>.", "fr": "Nos propres mots"}).save()
    assert "Our own words &lt;b&gt;." in client.get(address).text
    assert "Nos propres mots" in client.get(f"/fr/events/{event.code}/register/").text
    assert '<span lang="en" dir="ltr">Our own words' in client.get(f"/ar/events/{event.code}/register/").text
    assert str(DISCLAIMER) not in client.get(address).text


def test_the_contact_form_is_linked_in_the_readers_language(client):
    call_command("demo")
    site_texts.forget()
    assert '<a href="/ar/contact/">' in client.get("/ar/").text
    assert '<a href="/en/contact/">' in client.get("/en/search/").text


def test_pages_that_editors_show_in_menus_stand_on_every_page_of_their_language(client):
    homes = make_homes()
    make_page(NewsIndexPage, homes["en"], "news", title="News & more", show_in_menus=True)
    make_page(NewsIndexPage, homes["fr"], "actualites", title="Actualités", show_in_menus=True)
    make_page(StandardPage, homes["en"], "imprint", title="Imprint")
    make_page(StandardPage, homes["en"], "soon", title="Soon", show_in_menus=True, live=False)
    english = client.get("/en/search/").text.partition("<main")[0]
    assert '<li><a href="/en/news/">News &amp; more</a></li>' in english
    assert not [word for word in ("Imprint", "Soon", "Actualités") if word in english]
    assert '<li><a href="/fr/actualites/">Actualités</a></li>' in client.get("/fr/search/").text
    assert "News" not in client.get("/ru/search/").text.partition("<main")[0]
