"""A cache in front of the site is emptied of what looks different; one that is away harms nothing."""

import datetime as dt
import http.server
import logging
import socket
import threading
import urllib.parse
from unittest import mock

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from pydantic import SecretStr

from events.catalogue.services import event_change
from events.registration.places import give_place_back, take_place
from events.registration.services import set_capacity
from events.tasks import tell_of_turns
from site_cms import front_cache, page_cache
from site_cms.models import SpeakersPage
from site_cms.settings.services import front_cache_from
from tests.factories import make_category, make_event
from tests.site_cms.factories import LANGUAGES, make_event_pages, make_event_site, make_homes, make_page

pytestmark = pytest.mark.django_db

HOST = "events.example.org"


class Cache(http.server.ThreadingHTTPServer):
    """A cache that notes what it was told to forget."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.asked: list[tuple[str, str, str]] = []
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def forgot(self) -> set[str]:
        assert {(verb, host) for verb, host, _path in self.asked} <= {("PURGE", HOST)}
        return {path for _verb, _host, path in self.asked}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_PURGE(self) -> None:
        self.server.asked.append((self.command, self.headers["Host"], self.path))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args) -> None:
        pass


@pytest.fixture
def cache(settings):
    """A listening cache, tasks done at once, and a public address that is not the host of Wagtail's table."""
    server = Cache()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    configure(settings, f"http://127.0.0.1:{server.server_port}")
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def configure(settings, url):
    settings.SITE_URL = f"https://{HOST}"
    settings.WAGTAILFRONTENDCACHE = front_cache_from(SecretStr(url))
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def faces(*below: str) -> set[str]:
    """The home page, the family's and the event's in all languages, with the programme."""
    paths = ("", "ephyto/", "ephyto/one/", *below, "events/ONE/programme/")
    return {f"/{language}/{path}" for language in LANGUAGES for path in paths}


@pytest.fixture
def event():
    event = make_event("ONE", capacity=7)
    make_event_site(event)
    return event


@pytest.mark.parametrize("changes", [{"state": "postponed"}, {"venue": "Hall 2"}])
def test_a_change_of_an_event_reaches_its_faces_in_all_languages(
    cache, event, django_capture_on_commit_callbacks, changes
):
    with django_capture_on_commit_callbacks(execute=True):
        event_change(event=event, changes=changes)
        assert cache.asked == []
    assert cache.forgot == faces()


def test_pages_below_and_events_around_are_emptied_with_it(cache, event, django_capture_on_commit_callbacks):
    side = make_event("SIDE", parent=event, family=event.family)
    page = event.pages.get(locale__language_code="en")
    make_event_pages(side, {"en": page.get_parent().specific})
    make_page(SpeakersPage, page, "speakers")
    with django_capture_on_commit_callbacks(execute=True):
        event_change(event=event, changes={"venue": "Hall 2"})
    assert cache.forgot == faces("ephyto/one/speakers/", "ephyto/side/")


def test_places_are_told_when_the_words_for_them_change(cache, event, django_capture_on_commit_callbacks):
    category = make_category(event)
    told = []
    for act in [take_place] * 7 + [give_place_back] * 2:
        cache.asked.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act(event_id=event.pk, category_id=category.pk)
        told.append(bool(cache.asked))
    # Few are left with five; none with seven taken; one is free again; then another.
    assert told == [False, True, False, False, False, False, True, True, False]


def test_other_places_are_told(cache, event, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        set_capacity(event=event, category=None, capacity=0)
    assert cache.forgot == faces()


def test_what_time_alone_changes_is_told_by_the_clock(cache, event, django_capture_on_commit_callbacks):
    now, minute = timezone.now(), dt.timedelta(minutes=1)

    def turns(**fields) -> int:
        type(event).objects.filter(pk=event.pk).update(**fields)
        with django_capture_on_commit_callbacks(execute=True):
            return tell_of_turns()

    assert turns() == 0
    assert cache.asked == []
    assert turns(registration_opens_at=now - minute) == 1
    assert cache.forgot == faces()
    assert turns(registration_opens_at=now - 20 * minute) == 0
    assert turns(registration_opens_at=now + minute) == 0
    assert turns(registration_closes_at=now - minute) == 1
    assert turns(state="draft") == 0


def test_a_category_that_opens_or_closes_by_itself_is_told(event):
    now, minute = timezone.now(), dt.timedelta(minutes=1)
    category = make_category(event)
    type(category).objects.filter(pk=category.pk).update(opens_at=now - minute)
    assert tell_of_turns() == 1
    type(category).objects.filter(pk=category.pk).update(opens_at=None, closes_at=now - minute)
    assert tell_of_turns() == 1
    type(category).objects.filter(pk=category.pk).update(closes_at=now + minute)
    assert tell_of_turns() == 0


@pytest.mark.parametrize(
    "zone,moment,turned",
    [
        ("Pacific/Kiritimati", "2030-05-10T10:05Z", 1),
        ("Pacific/Kiritimati", "2030-05-10T09:59Z", 0),
        ("Pacific/Pago_Pago", "2030-05-11T11:05Z", 1),
        ("Pacific/Pago_Pago", "2030-05-11T11:15Z", 0),
    ],
)
def test_an_event_ends_in_its_zone(event, zone, moment, turned):
    type(event).objects.filter(pk=event.pk).update(
        zone=zone, start_date=dt.date(2030, 5, 10), end_date=dt.date(2030, 5, 10)
    )
    now = dt.datetime.fromisoformat(moment)
    with mock.patch("events.catalogue.watching.timezone.now", return_value=now):
        assert tell_of_turns() == turned


@pytest.mark.parametrize("act", ["publish", "unpublish", "delete"])
def test_publishing_reaches_the_page_and_those_that_list_it(
    cache, event, django_capture_on_commit_callbacks, act
):
    page = make_page(SpeakersPage, event.pages.get(locale__language_code="fr"), "speakers")
    with django_capture_on_commit_callbacks(execute=True):
        if act == "publish":
            page.save_revision().publish()
        else:
            getattr(page, act)()
    assert {path for path in cache.forgot if path.startswith("/fr/")} == {
        "/fr/", "/fr/ephyto/", "/fr/ephyto/one/", "/fr/ephyto/one/speakers/",
    }  # fmt: skip


def test_the_worker_waits_until_no_web_process_keeps_the_old_page(
    event, settings, django_capture_on_commit_callbacks
):
    from django_tasks_db.models import DBTaskResult

    configure(settings, "http://127.0.0.1:9")
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        event_change(event=event, changes={"venue": "Hall 2"})
        event.pages.first().save_revision().publish()
    queued = DBTaskResult.objects.filter(task_path__contains="cache")
    assert sorted(result.task_name.rpartition(".")[2] for result in queued) == [
        "empty_of_event",
        "purge_urls_from_cache_task",
    ]
    for result in queued:
        assert result.run_after - result.enqueued_at >= dt.timedelta(seconds=page_cache.SECONDS + 1)


def test_without_a_cache_nothing_is_queued(event, settings, django_capture_on_commit_callbacks):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    from django_tasks import default_task_backend

    assert settings.WAGTAILFRONTENDCACHE == {}
    with django_capture_on_commit_callbacks(execute=True):
        event_change(event=event, changes={"venue": "Hall 2"})
    assert [result.task.name for result in default_task_backend.results if "cache" in result.task.name] == []


def test_a_cache_that_is_away_is_logged_and_the_act_is_done(
    event, settings, caplog, django_capture_on_commit_callbacks
):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        configure(settings, f"http://127.0.0.1:{closed.getsockname()[1]}")
        with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
            event_change(event=event, changes={"venue": "Hall 2"})
    event.refresh_from_db()
    assert event.venue == "Hall 2"
    assert [record.message for record in caplog.records] == [
        "The front-end cache is away: ConnectionRefusedError"
    ]


def test_a_cache_that_never_answers_is_given_up_after_the_first(
    event, settings, caplog, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(front_cache, "SECONDS_TO_ANSWER", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        configure(settings, f"http://127.0.0.1:{silent.getsockname()[1]}")
        with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
            event_change(event=event, changes={"venue": "Hall 2"})
    assert [record.message for record in caplog.records] == ["The front-end cache is away: TimeoutError"]


def test_a_fault_of_the_watcher_undoes_nothing(event, settings, caplog, django_capture_on_commit_callbacks):
    settings.EVENT_WATCHER = "tests.site_cms.test_front_cache.broken"
    with django_capture_on_commit_callbacks(execute=True):
        event_change(event=event, changes={"venue": "Hall 2"})
    assert "broken" in caplog.text


def broken(event_id: int) -> None:
    raise RuntimeError("broken")


@pytest.mark.parametrize("status,refusals", [(404, 0), (405, 1), (500, 1)])
def test_a_cache_that_refuses_is_named_in_the_log(cache, event, caplog, status, refusals):
    cache.status = status
    front_cache.HttpCache({"LOCATION": f"http://127.0.0.1:{cache.server_port}"}).purge(f"https://{HOST}/en/")
    assert caplog.messages == [f"The front-end cache refuses PURGE of /en/: {status}"] * refusals


def test_an_event_without_pages_has_the_programme_alone(event):
    make_homes()
    lone = make_event("LONE")
    (address,) = front_cache.addresses_of(lone.pk)
    assert urllib.parse.urlsplit(address).path == "/en/events/LONE/programme/"


def test_the_caches_that_there_are():
    assert front_cache_from(None) == front_cache_from(SecretStr("")) == {}
    assert front_cache_from(SecretStr("cloudflare://to%2Fken@0123456789abcdef"))["default"] == {
        "BACKEND": "wagtail.contrib.frontend_cache.backends.CloudflareBackend",
        "BEARER_TOKEN": "to/ken",
        "ZONEID": "0123456789abcdef",
    }


@pytest.mark.parametrize("url", ["varnish:6081", "ftp://secret@host", "http://", "cloudflare://secret", "x"])
def test_an_address_of_no_cache_is_refused_without_being_shown(url):
    with pytest.raises(ValueError, match="FRONTEND_CACHE_URL") as caught:
        front_cache_from(SecretStr(url))
    assert "secret" not in str(caught.value)


def test_wagtail_takes_what_we_say(settings):
    from wagtail.contrib.frontend_cache.utils import get_backends

    for url in ("https://cache.example.org", "cloudflare://token@0123456789abcdef"):
        (backend,) = get_backends(front_cache_from(SecretStr(url))).values()
        assert backend.invalidates_hostname(HOST)
    with pytest.raises(ImproperlyConfigured):
        get_backends({"default": {"BACKEND": "no.such.Backend"}})
