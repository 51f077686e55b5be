import tomllib
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import Page

from events.catalogue.services import load_catalogue
from events.catalogue.texts import LANGUAGES
from events.journeys.demo.next_editions import add_next_editions
from events.journeys.demo.real_events import add_real_events
from site_cms.models import NewsPage, StandardPage
from site_cms.pages import first_pages
from site_cms.pages.first_pages import in_language, paragraphs
from site_cms.pages.services import publish_catalogue_pages

pytestmark = pytest.mark.django_db
PLAN = tomllib.loads(first_pages._PLAN.read_text())["page"]


@pytest.fixture
def site():
    load_catalogue()
    add_real_events()
    add_next_editions(today=timezone.now().date())
    return publish_catalogue_pages()


def texts(value: Any) -> Iterator[dict[str, Any]]:
    """Every text of the plan, by language."""
    if isinstance(value, dict) and "en" in value:
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)


@pytest.mark.parametrize("entry", PLAN, ids=lambda entry: entry["key"])
def test_every_text_is_there_in_six_languages(entry):
    found = list(texts(entry))
    assert found
    for text in found:
        assert set(text) == set(LANGUAGES)
        assert all(text.values())
        lengths = {len(part) for part in text.values() if isinstance(part, list)}
        assert len(lengths) <= 1, "as many paragraphs in each language"


@pytest.mark.parametrize("entry", PLAN, ids=lambda entry: entry["key"])
@pytest.mark.parametrize("language", ["ar", "zh-hans", "ru"])
def test_titles_are_translated(entry, language):
    assert entry["title"][language] != entry["title"]["en"]


def test_paragraphs_escape_what_they_hold():
    assert paragraphs(["a < b", "c"]) == "<p>a &lt; b</p><p>c</p>"


def test_one_language_is_taken_out_at_any_depth():
    value = {"items": [{"q": {"en": "Q", "fr": "R"}, "a": {"en": ["1"], "fr": ["2", "3"]}}], "n": "4"}
    assert in_language(value, "fr") == {"items": [{"q": "R", "a": "<p>2</p><p>3</p>"}], "n": "4"}


def test_they_are_made_once_in_every_language(site):
    made = [page for page in Page.objects.filter(pk__in=[page.pk for page in site]) if page.depth > 2]
    assert len([page for page in made if page.slug == "ephyto-hub"]) == 6
    twins = Page.objects.filter(slug="gens")
    assert {page.locale.language_code for page in twins} == set(LANGUAGES)
    assert len({page.translation_key for page in twins}) == 1
    assert publish_catalogue_pages() == []


def test_what_editors_changed_or_renamed_is_left_alone(site):
    hub = StandardPage.objects.get(slug="ephyto-hub", locale__language_code="en")
    hub.title, hub.slug, hub.live = "Ours", "hub", False
    hub.save()
    article = NewsPage.objects.get(slug="cpm-14-record", locale__language_code="fr")
    article.summary = "Autre résumé"
    article.save()
    assert publish_catalogue_pages() == []
    hub.refresh_from_db()
    article.refresh_from_db()
    assert (hub.title, hub.slug, hub.live, article.summary) == ("Ours", "hub", False, "Autre résumé")


def test_pages_of_an_event_wait_for_the_event(db):
    publish_catalogue_pages()
    assert not Page.objects.filter(slug="practical-information").exists()
    assert Page.objects.filter(slug="cpm-14-record").count() == 6


def test_every_page_reads_well_in_every_language(client, site):
    """200, one first heading, headings in order, no English standing in, the demonstration labelled."""
    keys = [first_pages.uuid.uuid5(first_pages._SPACE, entry["key"]) for entry in PLAN]
    pages = Page.objects.filter(translation_key__in=keys, locale__language_code__in=["en", "ar", "zh-hans"])
    assert len(pages) == 3 * len(PLAN)
    for page in pages:
        response = client.get(page.url)
        assert response.status_code == 200
        soup = BeautifulSoup(response.text, "html.parser")
        levels = [int(tag.name[1]) for tag in soup.select("main :is(h1, h2, h3, h4)")]
        assert levels.count(1) == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), page.url
        assert soup.select("main .page [lang=en]") == []
        demonstration = "demo-ephyto" in page.url
        assert bool(soup.select(".demonstration")) is demonstration
