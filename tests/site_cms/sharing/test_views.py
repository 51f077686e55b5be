import datetime as dt
import io
import xml.etree.ElementTree as ET

import pytest
from django.core.cache import cache
from PIL import Image

from events.catalogue import poster
from events.catalogue.accents import COLOURS
from events.catalogue.models import Event
from site_cms.models import NewsIndexPage, NewsPage
from site_cms.sharing import views
from tests.factories import make_event, make_family
from tests.site_cms.factories import make_homes

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def drawn(monkeypatch):
    """The contents that were drawn; the drawing is left out."""
    contents = []
    monkeypatch.setattr(views, "draw_poster", lambda content: contents.append(content) or b"PNG")
    return contents


# ---------------------------------------------------------------- the picture


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar", "zh-hans", "ru"])
def test_the_picture_is_drawn_in_every_language(client, language):
    titles = {
        "en": "Symposium",
        "ar": "الندوة العالمية",
        "zh-hans": "国际植保公约全球研讨会" * 4,
        "ru": "Симпозиум",
    }
    make_event("ONE", title=titles, is_demonstration=True)
    response = client.get(f"/share/ONE-{language}.png")
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert Image.open(io.BytesIO(response.content)).size == (poster.WIDTH, poster.HEIGHT)


def test_it_is_drawn_once(client, drawn):
    make_event("ONE")
    assert [client.get("/share/one-en.png").content for _ in range(3)] == [b"PNG"] * 3
    assert len(drawn) == 1


def test_it_is_drawn_anew_when_a_word_or_a_date_changes(client, drawn):
    event = make_event("ONE")
    etags = {client.get("/share/ONE-en.png")["ETag"]}
    for change in (
        {"title": {"en": "Another"}},
        {"start_date": event.start_date - dt.timedelta(days=1)},
        {"state": "cancelled"},
        {"is_demonstration": True},
    ):
        Event.objects.filter(pk=event.pk).update(**change)
        etags.add(client.get("/share/ONE-en.png")["ETag"])
    assert len(etags) == len(drawn) == 5


def test_who_has_it_is_told_so_without_drawing(client, drawn):
    make_event("ONE")
    etag = client.get("/share/ONE-en.png")["ETag"]
    cache.clear()
    assert client.get("/share/ONE-en.png", headers={"If-None-Match": etag}).status_code == 304
    assert len(drawn) == 1


@pytest.mark.parametrize(
    "address", ["/share/NONE-en.png", "/share/ONE-de.png", "/share/ONE.png", "/share/DRAFT-en.png"]
)
def test_no_other_picture_is_drawn(client, drawn, address):
    make_event("ONE")
    make_event("DRAFT", state="draft")
    assert client.get(address, follow=True).status_code == 404
    assert not drawn


def test_a_code_with_hyphens_and_a_language_with_one(client, drawn):
    make_event("ONE-EN", title={"en": "One", "zh-hans": "一"})
    client.get("/share/ONE-EN-zh-hans.png")
    assert drawn[0]["title"]["text"] == "一"


def test_direction_and_notice_follow_the_language(client, drawn):
    make_event("ONE", is_demonstration=True)
    client.get("/share/ONE-ar.png")
    assert drawn[0]["direction"] == "rtl"
    assert len(drawn[0]["notice"]) == 1


def test_hostile_words_are_words(client):
    make_event(
        "ONE",
        title={"en": '#panic("x") $ \\ " ] } <b> \u202e'},
        family=make_family("ephyto", name={"en": "#x"}),
    )
    assert client.get("/share/ONE-en.png").status_code == 200


def test_its_colours_are_the_sites():
    from pathlib import Path

    css = (Path(__file__).parents[3] / "static/css/tokens.css").read_text()
    for accent, (deep, colour) in COLOURS.items():
        rules = css.split(f".accent-{accent} {{", 1)[1].split("}", 1)[0]
        assert f"--accent-deep: {deep};" in rules
        assert f"--accent: {colour};" in rules


# ---------------------------------------------------------------- the feed of news


def make_news(home, *titles, **fields):
    index = NewsIndexPage.objects.child_of(home).first() or home.add_child(
        instance=NewsIndexPage(title="News", slug="news", locale=home.locale)
    )
    return [
        index.add_child(
            instance=NewsPage(
                title=title,
                slug=f"news-{number}-{title[:3].lower()}",
                date=dt.date(2030, 1, 1) + dt.timedelta(days=number),
                summary=f"About {title}",
                locale=home.locale,
                **fields,
            )
        )
        for number, title in enumerate(titles)
    ]


def entries(client, language="en") -> list:
    response = client.get(f"/{language}/feeds/news/")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content).findall("a:entry", ATOM)  # noqa: S314 - our own answer


def test_the_newest_first_in_the_readers_language(client):
    homes = make_homes()
    _old, new = make_news(homes["en"], "Old <b>", "New")
    make_news(homes["fr"], "Nouvelle")
    make_news(homes["en"], "Draft", live=False)
    found = entries(client)
    assert [entry.find("a:title", ATOM).text for entry in found] == ["New", "Old <b>"]
    assert found[0].find("a:link", ATOM).get("href") == f"{SITE}{new.url}"
    assert found[0].find("a:id", ATOM).text == f"urn:uuid:{new.translation_key}"
    assert found[1].find("a:published", ATOM).text == "2030-01-01T00:00:00+00:00"
    assert found[1].find("a:summary", ATOM).text == "About Old <b>"
    assert [entry.find("a:title", ATOM).text for entry in entries(client, "fr")] == ["Nouvelle"]


def test_a_feed_without_news_is_a_feed(client):
    make_homes()
    assert entries(client) == []


def test_the_number_of_queries_is_fixed(client, django_assert_max_num_queries):
    home = make_homes()["en"]
    make_news(home, "One")
    entries(client)
    with django_assert_max_num_queries(6) as first:
        entries(client)
    make_news(home, "Two", "Three", "Four")
    with django_assert_max_num_queries(6) as second:
        entries(client)
    assert len(first) == len(second)
