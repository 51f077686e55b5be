import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.reports.models import RecordedFigure
from site_cms.models import FamilyPage, NewsIndexPage, NewsPage, StandardPage
from tests.factories import (
    make_category,
    make_country,
    make_event,
    make_family,
    make_registration,
    make_session,
)
from tests.site_cms.factories import (
    make_event_pages,
    make_event_site,
    make_family_pages,
    make_homes,
    make_image,
    make_page,
)

pytestmark = pytest.mark.django_db
PAST = {"registration_opens_at": None, "registration_closes_at": None}


def get(client, address: str) -> str:
    """The text of the page, with its whitespace folded."""
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.text)


def event_text(client, event, language="en") -> str:
    return get(client, f"/{language}/{event.family.slug}/{event.code.lower()}/")


def past_event(code: str, first: dt.date, **fields):
    return make_event(code, start_date=first, end_date=first + dt.timedelta(days=4), **PAST, **fields)


# ---------------------------------------------------------------- home


def test_home_shows_what_is_next_then_families_then_the_past(client):
    today = timezone.now().date()
    later = make_event(
        "LATER", start_date=today + dt.timedelta(days=90), end_date=today + dt.timedelta(days=91)
    )
    sooner = make_event("SOONER", title={"en": "The sooner one"})
    draft = make_event("DRAFT", title={"en": "Nobody may see this"}, state="draft")
    past = past_event("PAST", dt.date(2018, 1, 22))
    parents = make_family_pages(later.family, make_homes())
    for event in (later, sooner, draft, past):
        make_event_pages(event, parents)
    text = get(client, "/en/")
    places = [
        text.index(part) for part in ("The sooner one", str(later), 'id="families"', 'id="past"', str(past))
    ]
    assert places == sorted(places)
    assert "Nobody may see this" not in text


def test_home_without_events(client):
    make_homes()
    assert "No event is announced at the moment." in get(client, "/en/")


def test_home_costs_the_same_with_more_events(client, django_assert_num_queries):
    parents = make_family_pages(make_family(), make_homes())
    for number in range(2):
        make_event_pages(make_event(f"FIRST-{number}"), parents)
    make_event_pages(past_event("PAST", dt.date(2018, 1, 22)), parents)
    client.get("/en/")
    with django_assert_num_queries(15):
        client.get("/en/")
    for number in range(8):
        event = make_event(f"MORE-{number}")
        make_category(event)
        make_event_pages(event, parents)
    with django_assert_num_queries(15):
        client.get("/en/")


def test_a_side_event_is_told_by_its_main_event(client):
    main = make_event("MAIN")
    side = make_event("SIDE", parent=main, title={"en": "Steering group"})
    parents = make_family_pages(main.family, make_homes())
    make_event_pages(main, parents)
    make_event_pages(side, parents)
    assert "Steering group" not in get(client, "/en/")
    assert '<a href="/en/ephyto/side/">Steering group</a>' in event_text(client, main)
    assert f'<a href="/en/ephyto/main/">{main}</a>' in event_text(client, side)


# ---------------------------------------------------------------- family


def test_family_shows_editions_by_year_with_recorded_figures(client):
    family = make_family("workshops", accent="ocean")
    for year, participants, countries in ((2017, 27, 12), (2016, 1, None)):
        event = past_event(
            f"W-{year}", dt.date(year, 9, 4), family=family, title={"en": f"Edition of {year}"}
        )
        RecordedFigure.objects.create(
            event=event,
            family=family,
            year=year,
            label="x",
            participants=participants,
            countries=countries,
            source="IPPC news",
        )
    make_family_pages(family, make_homes())
    text = get(client, "/en/workshops/")
    assert text.index("<h3>2017</h3>") < text.index("Edition of 2017") < text.index("<h3>2016</h3>")
    assert "27 participants · 12 countries" in text
    assert "1 participant<br>" in text
    assert text.count("As recorded in: <bdi>IPPC news</bdi>") == 2
    assert '<body class="accent-ocean">' in text


def test_family_costs_the_same_with_more_editions(client, django_assert_num_queries):
    family = make_family()
    parents = make_family_pages(family, make_homes())
    for year in (2015, 2016):
        make_event_pages(past_event(f"E-{year}", dt.date(year, 1, 1)), parents)
    make_event_pages(make_event("NEXT"), parents)
    client.get("/en/ephyto/")
    with django_assert_num_queries(10):
        client.get("/en/ephyto/")
    for year in range(2001, 2012):
        make_event_pages(past_event(f"E-{year}", dt.date(year, 1, 1)), parents)
    with django_assert_num_queries(10):
        client.get("/en/ephyto/")


@pytest.mark.parametrize("slug", ["events", "r", "delegations"])
def test_slugs_of_the_domain_are_refused(slug):
    homes = make_homes(["en"])
    page = FamilyPage(title="A family", slug=slug, family=make_family(), locale=homes["en"].locale)
    with pytest.raises(ValidationError) as caught:
        homes["en"].add_child(instance=page)
    assert list(caught.value.message_dict) == ["slug"]


# ---------------------------------------------------------------- event


def test_the_facts_of_an_event(client):
    event = make_event(
        "FACTS",
        start_date=dt.date(2018, 1, 22),
        end_date=dt.date(2018, 1, 26),
        venue="Putra Centre",
        country=make_country("MY", "Malaysia"),
        languages=["en", "ar"],
        mode="hybrid",
        note={"en": "Partly known."},
    )
    make_event_site(event)
    text = event_text(client, event)
    assert "<dt>Dates</dt><dd>22–26 January 2018</dd>" in text
    assert "<dt>Venue</dt><dd><bdi>Putra Centre</bdi></dd>" in text
    assert "<dt>Host country</dt><dd>Malaysia</dd>" in text
    assert "<dt>Takes place</dt><dd>In person and online</dd>" in text
    assert '<span lang="en">English</span> · <span lang="ar">العربية</span></dd>' in text
    assert "<dt>Time zone</dt><dd>Kuala Lumpur (UTC+08:00)</dd>" in text
    assert "Partly known." in text
    assert 'href="/calendar/FACTS.ics?lang=en"' in text
    assert "/programme/" not in text


def test_an_event_with_sessions_links_to_its_programme(client):
    event = make_event("TALKS")
    make_session(event)
    make_event_site(event)
    assert 'href="/en/events/TALKS/programme/"' in event_text(client, event)


OPENS, CLOSES = dt.datetime(2027, 1, 9, 16, tzinfo=dt.UTC), dt.datetime(2027, 3, 20, 15, 59, tzinfo=dt.UTC)
REGISTER = 'href="/en/events/STATE/register/"'
FUTURE = {"start_date": dt.date(2099, 1, 1), "end_date": dt.date(2099, 1, 3)}


@pytest.mark.parametrize(
    "fields,now,expected",
    [
        (PAST, OPENS, "There is no registration for this event on this site."),
        (
            {},
            OPENS - dt.timedelta(days=1),
            "Registration opens on 10 January 2027, 00:00, Kuala Lumpur (UTC+08:00).",
        ),
        ({}, CLOSES, "Registration closed on 20 March 2027, 23:59, Kuala Lumpur (UTC+08:00)."),
        (
            {"state": "postponed"},
            OPENS,
            "This event has been postponed. The new dates will be announced here.",
        ),
        ({"state": "cancelled"}, OPENS, "This event has been cancelled."),
        (
            {"capacity": 0},
            OPENS,
            "All places are taken. If a place becomes free, you can register here again.",
        ),
        ({"start_date": dt.date(2018, 1, 1), "end_date": dt.date(2018, 1, 2)}, OPENS, "This event is over."),
    ],
)
def test_why_nobody_can_register_now(client, monkeypatch, fields, now, expected):
    event = make_event(
        "STATE", **{"registration_opens_at": OPENS, "registration_closes_at": CLOSES} | FUTURE | fields
    )
    make_category(event)
    make_event_site(event)
    monkeypatch.setattr(timezone, "now", lambda: now)
    text = event_text(client, event)
    assert f"<p>{expected}</p>" in text
    assert REGISTER not in text


@pytest.mark.parametrize(
    "closes,expected",
    [
        (CLOSES, "Registration is open until 20 March 2027, 23:59, Kuala Lumpur (UTC+08:00)."),
        (None, "Registration is open."),
    ],
)
def test_registration_is_open(client, monkeypatch, closes, expected):
    event = make_event(
        "STATE", registration_opens_at=OPENS, registration_closes_at=closes, capacity=100, **FUTURE
    )
    make_category(event)
    make_event_site(event)
    monkeypatch.setattr(timezone, "now", lambda: OPENS)
    text = event_text(client, event)
    assert f"<p>{expected}</p>" in text
    assert REGISTER in text
    assert "Few places" not in text


def test_few_places_are_told_in_words_not_numbers(client):
    event = make_event("STATE", capacity=6)
    make_registration(event)
    make_event_site(event)
    text = event_text(client, event)
    assert "Few places are left." in text
    assert REGISTER in text


def test_a_name_in_english_on_another_page_is_marked(client):
    event = make_event(
        "FACTS", place={"en": "Rome, Italy"}, family=make_family(name={"en": "Symposium", "ar": "ندوة"})
    )
    make_event_site(event)
    text = event_text(client, event, "ar")
    assert '<span lang="en" dir="ltr">Rome, Italy</span>' in text
    assert '<a href="../">ندوة</a>' in text


def test_the_event_page_costs_the_same_with_more_registrations(client, django_assert_num_queries):
    """The dearest: open, translated, with image, sub-pages and news, within one and with side events."""
    main, event = make_event("MAIN"), make_event("COST", capacity=100, country=make_country())
    event.parent = main
    event.save()
    homes = make_homes()
    parents = make_family_pages(main.family, homes)
    for each in (main, make_event("SIDE", parent=event)):
        make_event_pages(each, parents)
    pages = make_event_pages(event, parents, image=make_image())
    make_page(StandardPage, pages["ar"], "practical")
    news = make_page(NewsIndexPage, homes["ar"], "news")
    make_page(NewsPage, news, "opens", date=dt.date(2027, 1, 1), summary="It opens.", event=event)
    make_session(event)
    make_registration(event)
    text = event_text(client, event, "ar")
    for shown in ("<picture>", "/ephyto/cost/practical/", "/news/opens/", "/ephyto/side/", "/programme/"):
        assert shown in text
    with django_assert_num_queries(11):
        event_text(client, event, "ar")
    for _number in range(20):
        make_registration(event)
    with django_assert_num_queries(11):
        event_text(client, event, "ar")


# ---------------------------------------------------------------- the lasting address


@pytest.mark.parametrize("code", ["EPHYTO-2018", "ephyto-2018", "Ephyto-2018"])
def test_the_code_leads_to_the_page_in_the_language_of_the_address(client, code):
    make_event_site(make_event("EPHYTO-2018"))
    response = client.get(f"/ar/events/{code}/")
    assert (response.status_code, response["Location"]) == (302, "/ar/ephyto/ephyto-2018/")


def test_the_code_leads_to_english_where_there_is_no_translation(client):
    event = make_event("EPHYTO-2018")
    parents = make_family_pages(event.family, make_homes())
    make_event_pages(event, {"en": parents["en"]})
    assert client.get("/zh-hans/events/EPHYTO-2018/")["Location"] == "/en/ephyto/ephyto-2018/"


def test_the_code_survives_a_rename_of_the_page(client):
    pages = make_event_site(make_event("EPHYTO-2018"))
    pages["en"].slug = "another-name"
    pages["en"].save()
    assert client.get("/en/events/EPHYTO-2018/")["Location"] == "/en/ephyto/another-name/"


@pytest.mark.parametrize("code", ["UNKNOWN", "NO-PAGE", "DRAFT", "UNPUBLISHED", "%00", "x" * 5000])
def test_an_unknown_code_is_404_in_the_sites_frame(client, code):
    parents = make_family_pages(make_family(), make_homes())
    make_event("NO-PAGE")
    make_event_pages(make_event("DRAFT", state="draft"), parents)
    make_event_pages(make_event("UNPUBLISHED"), parents, live=False)
    response = client.get(f"/en/events/{code}/")
    assert response.status_code == 404
    assert "<h1>Page not found</h1>" in response.text
