import datetime as dt
import json
import re

import pytest

from events.catalogue.models import EventChange
from site_cms.sharing.structured import as_script
from tests.factories import make_category, make_country, make_event
from tests.site_cms.factories import make_event_site

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def data(client, event, language="en") -> dict:
    """The block of JSON-LD on the event's page."""
    text = client.get(f"/{language}/{event.family.slug}/{event.code.lower()}/").text
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)[1])


def shown(client, language="en", **fields) -> dict:
    event = make_event("ONE", **fields)
    make_category(event, capacity=fields.pop("places", None))
    make_event_site(event)
    return data(client, event, language)


def test_an_event_as_it_stands(client):
    event = make_event(
        "ONE",
        title={"en": "Symposium", "fr": "Symposium mondial"},
        start_date=dt.date(2030, 1, 22),
        end_date=dt.date(2030, 1, 26),
        venue="Hotel Example",
        country=make_country("MY", "Malaysia"),
        languages=["en", "zh-hans"],
    )
    make_category(event)
    make_event_site(event)
    found = data(client, event, "fr")
    assert found["@type"] == "Event"
    assert found["name"] == "Symposium mondial"
    assert (found["startDate"], found["endDate"]) == ("2030-01-22", "2030-01-26")
    assert found["eventStatus"] == "https://schema.org/EventScheduled"
    assert found["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert found["location"] == {
        "@type": "Place",
        "name": "Hotel Example",
        "address": {
            "@type": "PostalAddress",
            "addressLocality": "Kuala Lumpur, Malaysia",
            "addressCountry": "MY",
        },
    }
    assert found["inLanguage"] == ["en", "zh-Hans"]
    assert found["url"] == f"{SITE}/fr/ephyto/one/"
    assert found["image"] == f"{SITE}/share/ONE-fr.png"
    assert found["offers"]["price"] == "0"
    assert found["offers"]["availability"] == "https://schema.org/InStock"
    assert found["offers"]["url"] == f"{SITE}/fr/events/ONE/register/"
    assert "previousStartDate" not in found


@pytest.mark.parametrize(
    "mode,expected,kinds",
    [
        ("virtual", "Online", ["VirtualLocation"]),
        ("hybrid", "Mixed", ["Place", "VirtualLocation"]),
        ("in-person", "Offline", ["Place"]),
    ],
)
def test_where_it_takes_place(client, mode, expected, kinds):
    found = shown(client, mode=mode)
    assert found["eventAttendanceMode"] == f"https://schema.org/{expected}EventAttendanceMode"
    places = found["location"] if isinstance(found["location"], list) else [found["location"]]
    assert [place["@type"] for place in places] == kinds


@pytest.mark.parametrize(
    "state,status,availability",
    [("cancelled", "EventCancelled", "Discontinued"), ("postponed", "EventPostponed", "OutOfStock")],
)
def test_an_event_that_does_not_hold(client, state, status, availability):
    found = shown(client, state=state)
    assert found["eventStatus"] == f"https://schema.org/{status}"
    assert found["offers"]["availability"] == f"https://schema.org/{availability}"


def days(first: int) -> dict[str, str]:
    return {"state": "announced", "start_date": f"2026-01-0{first}", "end_date": f"2026-01-0{first + 1}"}


def test_new_dates_tell_the_former_ones(client):
    event = make_event("ONE", sequence=2)
    make_event_site(event)
    for day in (1, 3):
        EventChange.objects.create(event=event, act="postpone", before=days(day), after=days(5))
    EventChange.objects.create(event=event, act="rename", before={"title": {}}, after={})
    found = data(client, event)
    assert found["eventStatus"] == "https://schema.org/EventRescheduled"
    assert found["previousStartDate"] == "2026-01-03"


@pytest.mark.parametrize(
    "opens,closes,expected",
    [(5, 10, "PreOrder"), (-10, -5, "OutOfStock"), (-10, 5, "InStock")],
)
def test_the_time_of_registration(client, opens, closes, expected):
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    opens, closes = (now + dt.timedelta(days=days) for days in (opens, closes))
    offer = shown(client, registration_opens_at=opens, registration_closes_at=closes)["offers"]
    assert offer["availability"] == f"https://schema.org/{expected}"
    assert (offer["validFrom"], offer["validThrough"]) == (opens.isoformat(), closes.isoformat())


def test_a_full_event_is_sold_out(client):
    event = make_event("ONE", capacity=0)
    make_category(event)
    make_event_site(event)
    assert data(client, event)["offers"]["availability"] == "https://schema.org/SoldOut"


def test_no_offer_where_nobody_can_register_or_nothing_is_left_to_come(client):
    assert "offers" not in shown(client, registration_opens_at=None, registration_closes_at=None)


def test_a_demonstration_says_so(client):
    assert "Demonstration, not a real event" in shown(client, is_demonstration=True)["name"]


def test_nothing_in_it_ends_the_script(client):
    hostile = "</script><script>alert(1)</script><!--&amp;"
    found = shown(client, title={"en": hostile}, venue=hostile)
    assert found["name"] == hostile
    assert found["location"]["name"] == hostile
    assert as_script({"a": "<>&\u2028"}) == (
        '<script type="application/ld+json">{"a": "\\u003C\\u003E\\u0026\u2028"}</script>'
    )


def test_what_a_shared_link_shows(client):
    event = make_event("ONE", title={"en": 'A "symposium"'})
    make_event_site(event)
    text = client.get("/ar/ephyto/one/").text
    metas = dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', text))
    assert metas["og:title"] == "A &quot;symposium&quot;"
    assert metas["og:url"] == f"{SITE}/ar/ephyto/one/"
    assert metas["og:image"] == f"{SITE}/share/ONE-ar.png"
    assert (metas["og:image:width"], metas["og:image:height"]) == ("1200", "630")
    assert metas["og:locale"] == "ar_AR"
    assert metas["twitter:card"] == "summary_large_image"
    home = client.get("/en/").text
    assert '<meta property="og:title" content="Home">' in home
    assert "og:image" not in home
