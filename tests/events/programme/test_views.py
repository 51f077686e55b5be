import datetime as dt
import re

import pytest

from events.programme.models import Session, Speaker
from tests.factories import make_country, make_event, make_room, make_session

pytestmark = pytest.mark.django_db
DAY = dt.date(2018, 1, 22)


@pytest.fixture
def event():
    return make_event("EPHYTO-2018", start_date=DAY, end_date=DAY + dt.timedelta(days=4))


def get(client, query="", language="en"):
    response = client.get(f"/{language}/events/ephyto-2018/programme/{query}")
    assert response.status_code == 200
    return response


def titles(response) -> list[str]:
    return [str(session.title) for day in response.context["days"] for session in day.sessions]


def test_sessions_by_day_in_the_events_zone(client, event):
    make_session(
        event,
        start=dt.datetime(2018, 1, 22, 1, tzinfo=dt.UTC),
        end=dt.datetime(2018, 1, 22, 2, tzinfo=dt.UTC),
    )
    late = dt.datetime(2018, 1, 22, 23, 30, tzinfo=dt.UTC)
    make_session(event, start=late, end=late + dt.timedelta(minutes=45), title={"en": "Late in UTC"})
    response = get(client)
    assert [day.date.day for day in response.context["days"]] == [22, 23]
    assert "Monday, 22 January 2018" in response.text
    assert "Tuesday, 23 January 2018" in response.text
    assert "07:30–08:15" in response.text
    assert "Kuala Lumpur (UTC+08:00)" in response.text


def test_a_session_over_midnight_stays_on_its_first_day_and_names_its_last(client, event):
    start = dt.datetime(2018, 1, 22, 15, tzinfo=dt.UTC)
    make_session(event, start=start, end=start + dt.timedelta(hours=2))
    response = get(client)
    assert [day.date.day for day in response.context["days"]] == [22]
    assert "23:00–01:00, until 23 January 2018" in response.text


def test_filters(client, event):
    hall, annex = make_room(event), make_room(event, "Annex")
    make_session(event, 0, title={"en": "One"}, room=hall, track="Hub")
    make_session(event, 1, title={"en": "Two"}, room=annex, track="Hub")
    make_session(event, 1, 11, title={"en": "Three"}, room=hall, track="Strategy")
    assert titles(get(client)) == ["One", "Two", "Three"]
    assert titles(get(client, "?day=2018-01-23")) == ["Two", "Three"]
    assert titles(get(client, "?track=Hub")) == ["One", "Two"]
    assert titles(get(client, f"?room={hall.pk}&day=2018-01-23")) == ["Three"]
    nothing = get(client, f"?room={annex.pk}&track=Strategy")
    assert titles(nothing) == []
    assert "No session is on that day" in nothing.text


@pytest.mark.parametrize(
    "query",
    [
        "?day=tomorrow",
        "?day=2018-02-30",
        "?day=2030-01-01",
        "?room=999999999999999999999",
        "?room=-1",
        "?track=%00",
        "?track=%ED%A0%80",
        "?day=&room=&track=",
        "?room=1%27--",
        "?day=" + "9" * 5000,
    ],
)
def test_an_unknown_value_is_passed_over(client, event, query):
    make_session(event, title={"en": "One"})
    assert titles(get(client, query)) == ["One"]


def test_what_was_chosen_stays_chosen(client, event):
    make_session(event, 1, track="Hub")
    text = get(client, "?track=Hub&day=2018-01-23").text
    assert "<option selected>Hub</option>" in text
    assert '<option value="2018-01-23" selected>' in text


def test_a_cancelled_session_is_struck_and_said(client, event):
    make_session(event, title={"en": "Hub demonstration"}, state=Session.State.CANCELLED)
    text = get(client).text
    assert "<s>Hub demonstration</s>" in text
    assert "<s>09:00–10:00</s>" in text
    assert re.search(r'state-cancelled">Cancelled<', text)


def test_an_illustrative_programme_says_so(client, event):
    make_session(event)
    assert "illustrative" not in get(client).text
    make_session(event, 1, is_illustrative=True)
    assert "This programme is illustrative" in get(client).text


def test_no_session_yet(client, event):
    text = get(client).text
    assert "The programme is not published yet" in text
    assert '<form class="programme-filter"' not in text
    assert "All days" not in text


def test_an_english_title_in_an_arabic_page_is_marked(client, event):
    make_session(event, title={"en": "Opening"})
    make_session(event, 1, title={"en": "Closing", "ar": "الختام"})
    text = get(client, language="ar").text
    assert '<span lang="en" dir="ltr">Opening</span>' in text
    assert "<h3>الختام</h3>" in text


def test_a_strangers_markup_is_text(client, event):
    make_session(event, title={"en": "<script>1</script>"}, track="<b>x</b>")
    text = get(client).text
    assert "<script" not in text
    assert "<b>x</b>" not in text


@pytest.mark.parametrize("code", ["NO-SUCH-EVENT", "%00", "EPHYTO-2018%0A"])
def test_an_unknown_event_is_404(client, event, code):
    assert client.get(f"/en/events/{code}/programme/").status_code == 404


def test_a_draft_has_no_programme(client):
    make_event("HIDDEN", state="draft")
    assert client.get("/en/events/HIDDEN/programme/").status_code == 404


def test_the_programme_cannot_be_written(client, event):
    assert client.post("/en/events/EPHYTO-2018/programme/").status_code == 405


def test_the_number_of_queries_is_fixed(client, event, django_assert_num_queries):
    speaker = Speaker.objects.create(event=event, name="王小明", country=make_country("CN", "China"))
    for number in range(30):
        session = make_session(event, number % 5, room=make_room(event, f"Room {number}"))
        session.speakers.add(speaker)
    # the event with its family, its sessions with their rooms, speakers, countries
    with django_assert_num_queries(4):
        get(client)
