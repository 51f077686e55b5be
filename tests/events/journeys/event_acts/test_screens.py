"""The event's staff page and its plain form."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.access.roles import Role
from events.catalogue.admin.events import EventViewSet
from events.catalogue.models import Event, EventChange
from events.journeys.event_acts.plan import version
from tests.events.access.screens import posted, viewsets
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


def screen() -> EventViewSet:
    return next(found for found in viewsets() if isinstance(found, EventViewSet))


def save(client: Any, event: Event, **changes: Any) -> Any:
    return client.post(reverse("event:edit", args=(event.pk,)), posted(screen(), event) | changes)


def opened(event: Event, **changes: Any) -> Any:
    """The plain form as posted and found valid, a moment before it is saved."""
    form = screen().get_form_class(for_update=True)(
        posted(screen(), event) | changes,
        instance=event,
        for_user=get_user_model().objects.get(email="editor@example.org"),
    )
    assert form.is_valid(), form.errors
    return form


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


def test_a_form_opened_before_an_act_takes_nothing_of_it_back(editor, event):
    with_people(event, ["en"])
    page = editor.get(reverse("event:edit", args=(event.pk,))).content.decode()
    assert f'<input type="hidden" name="seen" value="{version(event)}"' in page
    stale = posted(screen(), event) | {"place": "Typo", "note_en": "Typo"}
    do(editor, event, "postpone", start="2050-03-28", end="2050-04-01", window="move")
    event.refresh_from_db()
    for seen in ({}, {"seen": ""}):
        answer = editor.post(reverse("event:edit", args=(event.pk,)), stale | seen)
        assert answer.context["form"].non_field_errors() == [
            "The event was changed in the meantime. Look at what will happen once more."
        ]
    window = event.registration_opens_at, event.registration_closes_at, event.note
    event.refresh_from_db()
    assert (event.registration_opens_at, event.registration_closes_at, event.note) == window
    assert save(editor, event).status_code == 302


def test_who_registered_while_the_form_was_saved_keeps_the_event_as_announced(editor, event):
    form = opened(event, state="draft")
    with_people(event, ["en"])
    with pytest.raises(ValidationError) as refused:
        form.save()
    assert refused.value.message_dict == {
        "state": ["People are registered: change it by an act on the event’s page."]
    }
    event.refresh_from_db()
    assert event.state == "announced"


def test_the_form_holds_the_counters_before_the_event_as_the_acts_do(editor, event):
    form = opened(event, venue="Hall B")
    with CaptureQueriesContext(connection) as queries:
        form.save()
    read = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert 'FROM "events_counter"' in read[0]
    assert "ORDER BY 1 ASC" in read[0]
    assert 'FROM "events_event"' in read[1]
    if connection.vendor == "postgresql":
        assert "FOR UPDATE" in read[0]
        assert "FOR NO KEY UPDATE" in read[1]


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
    with django_assert_num_queries(17):
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
