import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from wagtail.models import Locale, Page

from events.access.roles import Role
from events.catalogue.models import EventChange
from events.mails import RENDERERS
from events.outbox.models import Message
from site_cms.models import EventPage
from site_cms.pages.services import publish_catalogue_pages
from tests.events.access.two_events import make_user
from tests.events.journeys.event_acts.acting import do, january, post, with_people
from tests.factories import make_country, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return january(title={"en": "Old title", "fr": "Ancien titre"}, venue="Hall A")


@pytest.fixture
def editor(client, event):
    client.force_login(make_user("editor@example.org", (event, Role.EDITOR)))
    return client


def page_in(event, language):
    return EventPage.objects.get(event=event, locale__language_code=language)


def test_pages_with_the_old_title_follow_and_others_stay(editor, event):
    publish_catalogue_pages()
    own = page_in(event, "es")
    own.title = "Título propio"
    own.save_revision().publish()
    in_work = page_in(event, "en")
    in_work.search_description = "Not yet published"
    in_work.save_revision()
    chosen = {"title_en": "New title", "title_fr": "Nouveau titre"}
    shown = post(editor, event, "rename", "check", **chosen)
    assert shown.context["effects"][:2] == [
        "English: “Old title” becomes “New title”.",
        "Français: “Ancien titre” becomes “Nouveau titre”.",
    ]
    assert (
        "5 pages follow: their titles were the event’s. Other titles stay as editors wrote them."
        in shown.context["effects"]
    )
    assert shown.context["mails"] == []
    assert do(editor, event, "rename", **chosen).status_code == 302
    event.refresh_from_db()
    assert (event.title, event.code, event.sequence) == (
        {"en": "New title", "fr": "Nouveau titre"},
        "SYMPOSIUM",
        1,
    )
    titles = dict(EventPage.objects.values_list("locale__language_code", "title"))
    assert titles == {
        "en": "New title",
        "fr": "Nouveau titre",
        "es": "Título propio",
        "ar": "New title",
        "zh-hans": "New title",
        "ru": "New title",
    }
    live = page_in(event, "en")
    assert (live.slug, live.search_description, live.has_unpublished_changes) == ("symposium", "", True)
    draft = live.get_latest_revision_as_object()
    assert (draft.title, draft.search_description) == ("New title", "Not yet published")
    assert not Message.objects.exists()
    assert EventChange.objects.get().people == 0


def test_people_are_told_of_a_new_title_on_request(editor, event):
    (person,) = with_people(event, ["fr"])
    do(editor, event, "rename", title_en="New title", title_fr="Nouveau titre", tells="on")
    message = Message.objects.get()
    assert (message.kind, message.language, message.to) == ("event-renamed", "fr", person.email)
    with override("en"):
        mail = RENDERERS[message.kind](message)
    assert "Event: New title\nFormer title: Old title\n" in mail.text


def test_the_same_title_is_no_renaming(editor, event):
    page = post(editor, event, "rename", "check", title_en="Old title", title_fr="Ancien titre")
    assert page.status_code == 422
    assert "This is the title that the event has already." in page.content.decode()


def test_a_move_online_says_what_changed(editor, event):
    with_people(event, ["en"])
    chosen = {"mode": "virtual", "place_en": "", "venue": "", "country": "", "zone": "Europe/Berlin"}
    shown = post(editor, event, "move", "check", tells="on", **chosen)
    assert shown.context["effects"][:2] == [
        "Until now: In person, Hall A, Kuala Lumpur, Malaysia.",
        "From now on: Online.",
    ]
    assert do(editor, event, "move", tells="on", **chosen).status_code == 302
    event.refresh_from_db()
    assert (event.mode, event.venue, event.place, event.sequence) == ("virtual", "", {}, 1)
    message = Message.objects.get()
    with override("en"):
        mail = RENDERERS[message.kind](message)
    assert (
        "Event: Old title\nTakes place: Online\n"
        "Before the change: In person, Hall A, Kuala Lumpur, Malaysia\n" in mail.text
    )


def test_in_another_zone_sessions_keep_their_hours(editor, event):
    session = make_session(event, hour=9)
    kenya = make_country("KE", "Kenya")
    chosen = {
        "mode": "in-person",
        "place_en": "Nairobi, Kenya",
        "country": kenya.pk,
        "zone": "Africa/Nairobi",
    }
    opens = event.registration_opens_at
    do(editor, event, "move", **chosen)
    event.refresh_from_db()
    session.refresh_from_db()
    assert (event.country, event.zone, event.registration_opens_at) == (kenya, "Africa/Nairobi", opens)
    assert session.start == dt.datetime(2050, 1, 10, 9, tzinfo=ZoneInfo("Africa/Nairobi"))
    change = EventChange.objects.get()
    assert (change.before["country"], change.after["country"], change.people) == (None, "KE", 0)


def test_a_zone_that_does_not_exist_is_refused(editor, event):
    chosen = {"mode": "virtual", "zone": "Mars/Olympus"}
    assert post(editor, event, "move", "check", **chosen).status_code == 422


def test_an_event_without_pages_is_renamed_too(editor, event):
    assert not Page.objects.filter(depth__gt=2).exists()
    assert Locale.objects.exists()
    assert do(editor, event, "rename", title_en="New title").status_code == 302
