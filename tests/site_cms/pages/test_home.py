import datetime as dt
import re

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from events.catalogue.models import Event
from events.catalogue.regions import FaoRegion
from site_cms.models import NewsIndexPage, NewsPage, StandardPage
from tests.factories import make_country, make_event, make_family
from tests.site_cms.factories import make_event_pages, make_family_pages, make_homes, make_page

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 1, 5, 12, tzinfo=dt.UTC)


@pytest.fixture
def events(monkeypatch):
    """A symposium in Asia next week, a conference in Africa in March, one in the past; two families."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    homes = make_homes()
    asia = make_country("MY", "Malaysia", fao_region=FaoRegion.ASIA)
    africa = make_country("KE", "Kenya", fao_region=FaoRegion.AFRICA)
    for code, family, country, first, days in (
        ("SYMPOSIUM", "ephyto", asia, dt.date(2027, 1, 9), 4),
        ("CONFERENCE", "ipc", africa, dt.date(2027, 3, 1), 3),
        ("PAST", "ipc", asia, dt.date(2026, 11, 30), 2),
    ):
        last = first + dt.timedelta(days - 1)
        event = make_event(
            code,
            family=make_family(family),
            country=country,
            start_date=first,
            end_date=last,
            title={"en": code},
        )
        make_event_pages(event, make_family_pages(event.family, homes) if code != "PAST" else _parents(event))
    return homes


def _parents(event):
    return {page.locale.language_code: page for page in event.family.pages.all()}


def home(client, query="", language="en") -> BeautifulSoup:
    response = client.get(f"/{language}/{query}")
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser")


def listed(soup: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in soup.select(".event-card h3 a")]


@pytest.mark.parametrize(
    "query,expected",
    [
        ("", ["SYMPOSIUM", "CONFERENCE"]),
        ("?family=ipc", ["CONFERENCE"]),
        ("?region=asia", ["SYMPOSIUM"]),
        ("?family=ipc&region=asia", []),
        ("?family=unknown&region=mars", ["SYMPOSIUM", "CONFERENCE"]),
        ("?family=%00&region=" + "x" * 3000, ["SYMPOSIUM", "CONFERENCE"]),
    ],
)
def test_what_is_next_is_filtered_by_family_and_region(client, events, query, expected):
    assert listed(home(client, query)) == expected


def test_a_filter_holds_for_the_past_and_the_calendar_and_keeps_its_choice(client, events):
    soup = home(client, "?region=asia&month=2026-11")
    assert [item.get_text(strip=True) for item in soup.select("#past ~ ul .past-title")] == ["PAST"]
    assert soup.select_one("#region option[selected]")["value"] == "asia"
    assert soup.select_one(".pagination a[rel~=next]")["href"] == "?region=asia&month=2026-12#calendar"
    assert soup.find(id="families") is None


def test_the_calendar_begins_with_the_month_of_the_next_event(client, events):
    soup = home(client)
    assert soup.select_one(".month caption").get_text() == "January 2027"
    assert [th.get_text() for th in soup.select(".month th")] == [
        "Mon",
        "Tue",
        "Wed",
        "Thu",
        "Fri",
        "Sat",
        "Sun",
    ]
    bars = [(td["colspan"], " ".join(td.get_text(" ").split())) for td in soup.select(".month td[colspan]")]
    assert bars == [
        ("5", ""),
        ("2", "SYMPOSIUM 9–12 January 2027"),
        ("2", "SYMPOSIUM 9–12 January 2027"),
        ("5", ""),
    ]


@pytest.mark.parametrize(
    "asked,expected",
    [
        ("2026-11", ["November 2026", "", "December 2026"]),
        ("2026-12", ["December 2026", "November 2026", "January 2027"]),
        ("2027-03", ["March 2027", "February 2027", ""]),
        ("1950-01", ["November 2026", "", "December 2026"]),
        ("2199-12", ["March 2027", "February 2027", ""]),
        ("9999-99", ["January 2027", "December 2026", "February 2027"]),
    ],
)
def test_months_reach_from_the_first_event_to_the_last(client, events, asked, expected):
    month = home(client, f"?month={asked}").select_one(".month")
    links = {link["rel"][0]: link.get_text() for link in month.select(".pagination a")}
    assert [month.caption.get_text(), links.get("prev", ""), links.get("next", "")] == expected


def test_without_days_an_event_is_in_no_month(client, events):
    Event.objects.filter(code="SYMPOSIUM").update(state="postponed")
    soup = home(client)
    assert soup.select_one(".month caption").get_text() == "March 2027"
    assert "CONFERENCE" in soup.select_one(".month").get_text()
    assert "SYMPOSIUM" not in home(client, "?month=2027-01").select_one(".month").get_text()
    assert soup.select_one(".event-card .is-former").get_text() == "9 Jan 2027"


def test_a_cancelled_event_is_struck_from_the_calendar(client, events):
    Event.objects.filter(code="SYMPOSIUM").update(state="cancelled")
    assert {bar.a.get_text() for bar in home(client).select(".month .bar.is-off")} == {"SYMPOSIUM"}


def test_the_calendar_speaks_arabic_and_chinese(client, events):
    assert home(client, language="ar").select_one(".month caption").get_text() == "يناير 2027"
    chinese = home(client, language="zh-hans")
    assert chinese.select_one(".month caption").get_text() == "2027年1月"
    assert chinese.select_one(".month th abbr")["title"] == "星期一"


def test_the_latest_news_and_the_pages_in_menus(client, events):
    news = make_page(
        NewsIndexPage, events["en"], "news", show_in_menus=True, search_description="What happened."
    )
    make_page(StandardPage, events["en"], "hidden")
    for day in range(1, 5):
        make_page(NewsPage, news, f"day-{day}", date=dt.date(2027, 1, day), summary=f"Summary {day}")
    soup = home(client)
    assert [item.get_text(strip=True) for item in soup.select("#news ~ ul h3")] == ["Day-4", "Day-3", "Day-2"]
    assert [item.get_text(strip=True) for item in soup.select("#more ~ ul h3")] == ["News"]
    assert "What happened." in soup.get_text()


def test_no_draft_is_in_the_calendar(client, events):
    make_event(
        "SECRET",
        state="draft",
        title={"en": "SECRET"},
        start_date=dt.date(2027, 1, 6),
        end_date=dt.date(2027, 1, 7),
    )
    assert not re.search("SECRET", str(home(client)))
