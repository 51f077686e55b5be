"""The event's staff page and its plain form."""

from typing import Any

import pytest
from django.urls import reverse

from events.access.roles import Role
from events.catalogue.admin import EventViewSet
from events.catalogue.models import Event, EventChange
from tests.events.access.test_reach import posted, viewsets
from tests.events.access.two_events import make_user
from tests.events.journeys.event_acts.acting import do, january, with_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return january()


@pytest.fixture
def editor(client, event):
    client.force_login(make_user("editor@example.org", (event, Role.EDITOR)))
    return client


def save(client: Any, event: Event, **changes: Any) -> Any:
    screen = next(found for found in viewsets() if isinstance(found, EventViewSet))
    return client.post(reverse("event:edit", args=(event.pk,)), posted(screen, event) | changes)


CHANGED = {
    "title_en": "Other",
    "start_date": "2050-01-09",
    "zone": "UTC",
    "venue": "Hall B",
    "state": "draft",
}


def test_what_people_were_told_is_fixed_in_the_plain_form(editor, event):
    with_people(event, ["en"])
    page = editor.get(reverse("event:edit", args=(event.pk,))).content.decode()
    assert "People are registered: change it by “Postpone” on the event’s page." in page
    answer = save(editor, event, places="7", **CHANGED)
    assert answer.status_code == 302, answer.context["form"].errors
    before = event.title, event.start_date, event.zone, event.venue, event.state
    event.refresh_from_db()
    assert (event.title, event.start_date, event.zone, event.venue, event.state) == before
    assert event.sequence == 0
    assert event.counters.get(category=None).capacity == 7


def test_without_people_the_form_changes_it_and_calendars_are_told(editor, event):
    answer = save(editor, event, **CHANGED)
    assert answer.status_code == 302, answer.context["form"].errors
    event.refresh_from_db()
    assert (event.title.text("en"), event.venue, event.state, event.sequence) == (
        "Other",
        "Hall B",
        "draft",
        1,
    )
    assert save(editor, event, asks_nationality="on").status_code == 302
    event.refresh_from_db()
    assert (event.asks_nationality, event.sequence) == (True, 1)


@pytest.mark.parametrize("state", ["postponed", "cancelled"])
def test_the_form_neither_postpones_nor_cancels(editor, event, state):
    page = save(editor, event, state=state)
    assert page.status_code == 200
    assert "state" in page.context["form"].errors


def test_the_page_shows_acts_and_history(editor, event, django_assert_num_queries):
    with_people(event)
    do(editor, event, "postpone", start="2050-03-28", end="2050-04-01", window="move", words_en="Flood")
    do(editor, event, "rename", title_en="Symposium in spring")
    address = reverse("event:inspect", args=(event.pk,))
    editor.get(address)
    with django_assert_num_queries(20):
        page = editor.get(address)
    assert [act.name for act, _url in page.context["acts"]] == [
        "postpone",
        "move",
        "rename",
        "duplicate",
        "cancel",
    ]
    rename, postpone = page.context["history"]
    assert rename.facts == [("Title (English)", "Symposium 2050", "Symposium in spring")]
    assert (rename.change.people, postpone.change.people) == (0, 3)
    assert postpone.facts[0] == ("Dates", "10–14 January 2050", "28 March\u2009–\u20091 April 2050")
    assert postpone.facts[-1] == ("Words in the mail (English)", "", "Flood")
    assert "formerly 10–14 January 2050" in " ".join(page.content.decode().split())


def test_hostile_words_are_inert(editor, event):
    with_people(event, ["en"])
    hostile = "<script>alert(1)</script>"
    chosen = {"start": "2050-03-28", "end": "2050-04-01", "window": "move", "words_en": hostile}
    shown = editor.post(reverse("event:postpone", args=(event.pk,)), {"step": "check", **chosen})
    assert hostile not in shown.content.decode()
    do(editor, event, "postpone", **chosen)
    assert EventChange.objects.get().after["words"] == {"en": hostile}
    assert hostile not in editor.get(reverse("event:inspect", args=(event.pk,))).content.decode()
