import re

import pytest

from tests.factories import make_event, make_session
from tests.site_cms.factories import (
    LANGUAGES,
    make_event_pages,
    make_event_site,
    make_family_pages,
    make_homes,
)

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<li><a href="([^"]+)" lang="([^"]+)" hreflang="([^"]+)"( aria-current="true")?>')
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)">')
SITE = "http://127.0.0.1:8000"


def switch(text: str) -> dict[str, str]:
    """The address behind each language of the switch."""
    assert all(lang == hreflang for _url, lang, hreflang, _current in LINK.findall(text))
    return {lang: url for url, lang, _hreflang, _current in LINK.findall(text)}


def current(text: str) -> list[str]:
    return [lang for _url, lang, _hreflang, mark in LINK.findall(text) if mark]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_leads_to_itself_in_six_languages(client, language):
    make_event_site(make_event("ONE"))
    text = client.get(f"/{language}/ephyto/one/").text
    assert switch(text) == {code: f"/{code}/ephyto/one/" for code in LANGUAGES}
    assert current(text) == [language]
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in text


def test_a_page_without_translation_leads_to_the_nearest_page_above(client):
    event = make_event("ONE")
    homes = make_homes()
    families = make_family_pages(event.family, {code: homes[code] for code in ("en", "fr", "ar")})
    make_event_pages(event, {code: families[code] for code in ("en", "fr")})
    text = client.get("/en/ephyto/one/").text
    assert switch(text) == {
        "en": "/en/ephyto/one/",
        "fr": "/fr/ephyto/one/",
        "es": "/es/",
        "ar": "/ar/ephyto/",
        "zh-hans": "/zh-hans/",
        "ru": "/ru/",
    }
    assert [code for code, _url in ALTERNATE.findall(text)] == ["en", "x-default", "fr"]


def test_a_view_leads_to_itself_with_its_query(client):
    event = make_event("ONE")
    make_session(event, track="Hub")
    text = client.get("/fr/events/ONE/programme/?track=Hub&day=").text
    assert switch(text)["zh-hans"] == "/zh-hans/events/ONE/programme/?track=Hub&amp;day="
    assert current(text) == ["fr"]


def test_an_address_without_a_language_has_no_switch(client):
    assert switch(client.get("/accounts/login/").text) == {}


def test_canonical_and_alternates_of_a_page(client):
    make_event_site(make_event("ONE"))
    text = client.get("/ar/ephyto/one/?utm=x").text
    assert CANONICAL.findall(text) == [f"{SITE}/ar/ephyto/one/"]
    expected = [(code, f"{SITE}/{code}/ephyto/one/") for code in LANGUAGES]
    assert ALTERNATE.findall(text) == [expected[0], ("x-default", expected[0][1]), *expected[1:]]
    assert "noindex" not in text


def test_a_filtered_programme_is_no_page_of_its_own(client):
    make_session(make_event("ONE"))
    text = client.get("/en/events/ONE/programme/?track=Hub").text
    assert CANONICAL.findall(text) == [f"{SITE}/en/events/ONE/programme/"]


@pytest.mark.parametrize("address", ["/en/ephyto/demo/", "/en/events/DEMO/programme/"])
def test_a_demonstration_says_so_and_is_not_indexed(client, address):
    make_event_site(make_event("DEMO", is_demonstration=True))
    text = client.get(address).text
    assert "Demonstration, not a real event" in text
    assert '<meta name="robots" content="noindex">' in text
    assert CANONICAL.findall(text) == ALTERNATE.findall(text) == []


@pytest.mark.parametrize("address", ["/en/ephyto/real/", "/en/events/REAL/programme/", "/en/", "/en/ephyto/"])
def test_what_is_real_says_nothing_of_a_demonstration(client, address):
    make_event_site(make_event("REAL"))
    text = client.get(address).text
    assert "Demonstration" not in text
    assert "noindex" not in text


@pytest.mark.parametrize("address", ["/en/", "/ar/ephyto/one/", "/zh-hans/events/ONE/programme/"])
def test_pages_keep_the_strict_policy(client, address):
    event = make_event("ONE")
    make_session(event)
    make_event_site(event)
    response = client.get(address)
    assert "style-src 'self'" in response["Content-Security-Policy"]
    # JSON-LD is data, which no browser runs.
    scripts = r'<script(?! type="application/ld\+json">)'
    assert not re.search(rf"{scripts}|<style|\sstyle=|\son\w+=", response.text)
