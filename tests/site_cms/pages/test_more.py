import datetime as dt
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import path

from events.programme.models import Session, Speaker
from site_cms.models import DocumentsPage, NewsIndexPage, NewsPage, SpeakersPage, StandardPage
from site_cms.pages.base import reserved_slugs
from tests.factories import make_country, make_event, make_session
from tests.site_cms.factories import make_event_site, make_homes, make_image, make_page

pytestmark = pytest.mark.django_db


def get(client, address: str, status: int = 200) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == status
    return BeautifulSoup(response.text, "html.parser")


def nav(soup: BeautifulSoup) -> list[tuple[str, str, bool]]:
    return [
        (link.get_text(), link["href"], link.get("aria-current") == "page")
        for link in soup.select(".event-nav a")
    ]


# ---------------------------------------------------------------- pages of an event


def test_the_pages_of_an_event_stand_side_by_side(client):
    event = make_event("EVENT")
    page = make_event_site(event)["en"]
    make_page(StandardPage, page, "practical", title="Practical information")
    make_page(SpeakersPage, page, "speakers")
    make_page(StandardPage, page, "draft", live=False)
    make_session(event)
    expected = [
        ("Overview", "/en/ephyto/event/"),
        ("Practical information", "/en/ephyto/event/practical/"),
        ("Speakers", "/en/ephyto/event/speakers/"),
        ("Programme", "/en/events/EVENT/programme/"),
    ]
    for at, (_title, address) in enumerate(expected[:3]):
        assert nav(get(client, address)) == [(*each, place == at) for place, each in enumerate(expected)]


def test_an_event_of_one_page_has_no_navigation(client):
    make_event_site(make_event("EVENT"))
    assert nav(get(client, "/en/ephyto/event/")) == []


def test_a_sub_page_of_a_demonstration_says_so_and_is_not_indexed(client):
    event = make_event("EVENT", is_demonstration=True)
    make_page(StandardPage, make_event_site(event)["en"], "practical")
    soup = get(client, "/en/ephyto/event/practical/")
    assert soup.select_one(".demonstration").get_text() == "Demonstration, not a real event"
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"


def test_speakers_with_their_sessions_in_the_time_of_the_event(client):
    event = make_event("EVENT", start_date=dt.date(2027, 1, 11), end_date=dt.date(2027, 1, 12))
    speaker = Speaker.objects.create(
        event=event, name="Ōe <b>Kenji</b>", role="Chair", country=make_country()
    )
    Speaker.objects.create(event=make_event("OTHER"), name="Somebody else")
    held, cancelled = make_session(event), make_session(event, hour=11, title={"en": "Cancelled talk"})
    cancelled.state = Session.State.CANCELLED
    cancelled.save()
    for session in (held, cancelled):
        session.speakers.add(speaker)
    make_page(SpeakersPage, make_event_site(event)["en"], "speakers")
    cards = get(client, "/en/ephyto/event/speakers/").select(".card")
    words = [" ".join(card.get_text(" ").split()) for card in cards]
    assert words == ["Ōe <b>Kenji</b> Chair Kenya 11 January 2027, 09:00 Opening"]


def test_no_speakers_yet(client):
    make_page(SpeakersPage, make_event_site(make_event("EVENT"))["en"], "speakers")
    assert "The speakers are not announced yet." in get(client, "/en/ephyto/event/speakers/").get_text()


@pytest.mark.parametrize("kind,number", [(StandardPage, 11), (SpeakersPage, 12)])
def test_sub_pages_cost_the_same_with_more_of_them(client, django_assert_num_queries, kind, number):
    event = make_event("EVENT")
    page = make_event_site(event)["en"]
    make_page(kind, page, "this")
    speakers = [Speaker.objects.create(event=event, name=f"Speaker {each}") for each in range(9)]
    make_session(event).speakers.add(*speakers)
    client.get("/en/ephyto/event/this/")
    with django_assert_num_queries(number):
        client.get("/en/ephyto/event/this/")
    for each in range(6):
        make_page(StandardPage, page, f"more-{each}")
    with django_assert_num_queries(number):
        client.get("/en/ephyto/event/this/")


# ---------------------------------------------------------------- standard pages


def test_a_standard_page_leads_up_and_down(client):
    work = make_page(StandardPage, make_homes()["en"], "work", title="Our work")
    make_page(StandardPage, work, "hub", title="The Hub", search_description="One connection.")
    assert [link["href"] for link in get(client, "/en/work/").select(".card a")] == ["/en/work/hub/"]
    above = get(client, "/en/work/hub/").select_one(".eyebrow a")
    assert (above.get_text(), above["href"]) == ("Our work", "/en/work/")


@pytest.mark.parametrize("slug", ["events", "r", "delegations", "search", "feeds", "proposals"])
@pytest.mark.parametrize("kind", [StandardPage, NewsIndexPage])
def test_an_address_of_the_site_is_refused(kind, slug):
    with pytest.raises(ValidationError) as caught:
        make_page(kind, make_homes(["en"])["en"], slug)
    assert list(caught.value.message_dict) == ["slug"]


def test_addresses_are_read_from_the_routes(settings):
    assert {"events", "r", "search"} <= reserved_slugs()
    assert not any("<" in slug or "^" in slug or not slug for slug in reserved_slugs())
    assert path("x/", lambda: None).pattern is not None


# ---------------------------------------------------------------- news


@pytest.fixture
def news():
    return make_page(NewsIndexPage, make_homes()["en"], "news")


def article(news, number: int, date: dt.date, **fields):
    return make_page(NewsPage, news, f"article-{number}", date=date, summary=f"Summary {number}", **fields)


def titles(soup: BeautifulSoup) -> list[str]:
    return [title.get_text(strip=True) for title in soup.select(".news-list h3")]


def test_news_come_in_pages_with_the_newest_first(client, news):
    for number in range(12):
        article(news, number, dt.date(2026, 1, 1) + dt.timedelta(number))
    article(news, 99, dt.date(2026, 6, 1), live=False)
    assert titles(get(client, "/en/news/")) == [f"Article-{number}" for number in range(11, 1, -1)]
    assert titles(get(client, "/en/news/?page=2")) == ["Article-1", "Article-0"]
    assert titles(get(client, "/en/news/?page=999")) == ["Article-1", "Article-0"]
    assert titles(get(client, f"/en/news/?page={quote('ﬁ;--')}")) == titles(get(client, "/en/news/"))


def test_news_of_one_year(client, news):
    for number, year in enumerate((2018, 2021, 2021)):
        article(news, number, dt.date(year, 3, number + 1))
    soup = get(client, "/en/news/?year=2021")
    assert titles(soup) == ["Article-2", "Article-1"]
    assert [link.get_text() for link in soup.select(".event-nav a")] == ["All years", "2021", "2018"]
    assert (
        len(titles(get(client, "/en/news/?year=1999"))) == len(titles(get(client, "/en/news/?year=x"))) == 3
    )


def test_no_news_yet(client, news):
    assert "There is no news yet." in get(client, "/en/news/").get_text()


def test_an_article_names_its_event_and_the_event_its_article(client):
    event = make_event("EVENT", title={"en": "The symposium"})
    pages = make_event_site(event)
    home = pages["en"].get_parent().get_parent()
    article(make_page(NewsIndexPage, home, "news"), 1, dt.date(2027, 1, 2), event=event, image=make_image())
    soup = get(client, "/en/news/article-1/")
    assert soup.select_one(".about-event a")["href"] == "/en/ephyto/event/"
    assert soup.select_one("time")["datetime"] == "2027-01-02"
    assert soup.select_one(".hero picture img")["alt"] == ""
    link = get(client, "/fr/ephyto/event/").select_one("a[lang=en][href='/en/news/article-1/']")
    assert link.get_text() == "Article-1"


def test_an_article_about_a_draft_does_not_name_it(client, news):
    article(news, 1, dt.date(2027, 1, 2), event=make_event("SECRET", state="draft", title={"en": "SECRET"}))
    assert "SECRET" not in str(get(client, "/en/news/article-1/"))


def test_the_list_of_news_costs_the_same_with_more(client, news, django_assert_num_queries):
    article(news, 1, dt.date(2027, 1, 1))
    client.get("/en/news/")
    with django_assert_num_queries(13):
        client.get("/en/news/")
    for number in range(2, 30):
        article(news, number, dt.date(2027, 1, number))
    with django_assert_num_queries(13):
        client.get("/en/news/")


def test_documents_page_stands_among_the_pages_of_its_event(client):
    make_page(DocumentsPage, make_event_site(make_event("EVENT"))["en"], "documents")
    assert get(client, "/en/ephyto/event/documents/").select_one(".event-nav") is not None
