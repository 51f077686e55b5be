import datetime as dt

import pytest
from django.urls import reverse

from events.access.models import Membership
from events.access.roles import Role
from events.catalogue.models import Event, EventChange
from events.outbox.models import Message
from events.programme.models import Session, Speaker
from events.questions.kinds import Kind
from events.questions.models import Question
from events.registration.models import Counter, Registration
from site_cms.models import EventPage, StandardPage
from site_cms.pages.services import publish_catalogue_pages
from tests.events.access.two_events import make_user
from tests.events.journeys.event_acts.acting import address, do, january, post, with_people
from tests.factories import (
    make_category,
    make_event,
    make_gate,
    make_question,
    make_room,
    make_session,
    make_set,
)

pytestmark = pytest.mark.django_db

NEXT = {
    "code": "SYMPOSIUM-2051",
    "title_en": "Symposium 2051",
    "title_fr": "Symposium 2051 (fr)",
    "start": "2051-01-09",
    "end": "2051-01-13",
    "sessions": "on",
    "team": "on",
}


RULES = {
    "audience": "nomination",
    "opens_at": dt.datetime(2049, 11, 1, tzinfo=dt.UTC),
    "minimum_notice_days": 30,
    "has_waiting_list": True,
    "offer_hours": 48,
    "delegation_places": 3,
}


@pytest.fixture
def event():
    event = january("SYMPOSIUM-2050", capacity=100, note={"en": "From the report"})
    make_category(event, "D", capacity=40, colour="#155A8A", **RULES)
    make_question(make_set(event), "diet", Kind.DIET)
    make_category(event, "W", needs_approval=True, position=1)
    session = make_session(event, hour=9, room=make_room(event), abstract={"en": "Long"}, track="Trade")
    session.speakers.add(Speaker.objects.create(event=event, name="Speaker"))
    make_session(event, hour=11, state=Session.State.CANCELLED)
    make_gate(event)
    with_people(event)
    return event


@pytest.fixture
def editor(client, event):
    client.force_login(make_user("editor@example.org", (event, Role.EDITOR)))
    make_user("door@example.org", (event, Role.DOOR))
    return client


def test_the_form_suggests_the_next_year(editor, event):
    form = editor.get(address(event, "duplicate")).context["form"]
    assert form.initial == {
        "code": "SYMPOSIUM-2051",
        "title": {"en": "Symposium 2051"},
        "start": dt.date(2051, 1, 9),
        "end": dt.date(2051, 1, 13),
    }


def test_everything_but_people_is_taken_over(editor, event):
    answer = do(editor, event, "duplicate", **NEXT)
    new = Event.objects.get(code="SYMPOSIUM-2051")
    assert answer["Location"] == reverse("event:inspect", args=(new.pk,))
    assert (new.state, new.title.text("fr"), new.start_date, new.note, new.sequence) == (
        Event.State.DRAFT,
        "Symposium 2051 (fr)",
        dt.date(2051, 1, 9),
        {},
        0,
    )
    assert new.registration_opens_at == event.registration_opens_at + dt.timedelta(days=364)
    categories = new.categories.order_by("position")
    assert list(categories.values_list("letter", "colour", "needs_approval")) == [
        ("D", "#155A8A", False),
        ("W", "#1B6E3C", True),
    ]
    moved = {"opens_at": RULES["opens_at"] + dt.timedelta(days=364)}
    assert new.categories.filter(letter="D").values(*RULES).get() == RULES | moved
    assert [question.key for question in Question.objects.filter(question_set__event=new)] == ["diet"]
    counters = Counter.objects.filter(event=new).order_by("pk")
    assert list(counters.values_list("category__letter", "capacity", "taken")) == [
        (None, 100, 0),
        ("D", 40, 0),
        ("W", None, 0),
    ]
    session = new.sessions.get()
    assert (session.start.astimezone(new.tz).hour, session.start.astimezone(new.tz).date()) == (
        9,
        dt.date(2051, 1, 9),
    )
    assert (session.is_illustrative, session.track, session.room.name, session.abstract) == (
        True,
        "Trade",
        "Plenary hall",
        {},
    )
    assert session.room.event_id == new.pk
    assert not session.speakers.exists()
    assert [gate.name for gate in new.checkpoints.get().gates.all()] == ["Main entrance"]
    assert set(Membership.objects.filter(event=new).values_list("user__email", "role")) == {
        ("editor@example.org", "editor"),
        ("door@example.org", "door"),
    }
    assert not Registration.objects.filter(event=new).exists()
    assert not Speaker.objects.filter(event=new).exists()
    assert not Message.objects.exists()
    change = EventChange.objects.get()
    assert (change.event, change.act, change.before, change.people) == (
        new,
        "duplicate",
        {"code": "SYMPOSIUM-2050"},
        0,
    )
    event.refresh_from_db()
    assert (event.sequence, event.registrations.count()) == (0, 3)


def test_pages_are_drafts_in_six_languages_that_belong_together(editor, event):
    publish_catalogue_pages()
    english = EventPage.objects.get(event=event, locale__language_code="en")
    french = EventPage.objects.get(event=event, locale__language_code="fr")
    for page in (english, french):
        page.body = [("text", f"<p>{page.locale.language_code}</p>")]
        page.save_revision().publish()
    below = english.add_child(instance=StandardPage(title="Practical information", slug="practical"))
    shown = post(editor, event, "duplicate", "check", **NEXT)
    assert "7 pages are made as drafts, with the texts of this event’s pages." in shown.context["effects"]
    do(editor, event, "duplicate", **NEXT)
    new = EventPage.objects.filter(event__code="SYMPOSIUM-2051")
    assert new.count() == 6
    assert set(new.values_list("live", "slug")) == {(False, "symposium-2051")}
    assert new.values("translation_key").distinct().count() == 1
    assert new.first().translation_key != english.translation_key
    titles = dict(new.values_list("locale__language_code", "title"))
    assert (titles["en"], titles["fr"], titles["ar"]) == (
        "Symposium 2051",
        "Symposium 2051 (fr)",
        "Symposium 2051",
    )
    copied = new.get(locale__language_code="fr")
    assert copied.body[0].value.source == "<p>fr</p>"
    assert copied.get_latest_revision_as_object().title == "Symposium 2051 (fr)"
    child = new.get(locale__language_code="en").get_children().get()
    assert (child.slug, child.live) == ("practical", False)
    assert child.translation_key != below.translation_key
    english.refresh_from_db()
    assert english.live


def test_a_code_that_is_taken_is_refused_in_words(editor, event):
    make_event("symposium-2051")
    page = post(editor, event, "duplicate", "check", **NEXT)
    assert page.status_code == 422
    assert "There is an event with this code already." in page.content.decode()


def test_without_team_and_sessions_the_maker_alone_is_in_the_team(editor, event):
    do(editor, event, "duplicate", **{name: NEXT[name] for name in NEXT if name not in {"team", "sessions"}})
    new = Event.objects.get(code="SYMPOSIUM-2051")
    assert list(Membership.objects.filter(event=new).values_list("user__email", "role")) == [
        ("editor@example.org", "editor")
    ]
    assert (new.sessions.count(), new.rooms.count(), new.checkpoints.count()) == (0, 0, 1)
