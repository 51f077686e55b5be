"""Public pages come from memory for three seconds; nothing of one visitor ever does."""

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.cache.backends import locmem
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.cache import patch_vary_headers

from site_cms.page_cache import PageCache

LOCAL = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test", "TIMEOUT": 3}


class Views:
    """A view that counts how often it is asked, and answers as told."""

    def __init__(self, change=lambda response: None) -> None:
        self.asked = 0
        self.change = change

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.asked += 1
        response = HttpResponse(f"page {self.asked}", headers={"ETag": f'"{self.asked}"'})
        self.change(response)
        return response


@pytest.fixture
def clock(monkeypatch, settings):
    settings.CACHES = settings.CACHES | {"process": LOCAL}
    now = [1000.0]
    monkeypatch.setattr(locmem.time, "time", lambda: now[0])
    yield now
    caches["process"].clear()


def get(path="/en/", **extra):
    return RequestFactory().get(path, **extra)


def test_a_page_is_rendered_once_in_three_seconds(clock):
    view = Views()
    cache = PageCache(view)
    assert [cache(get()).content for _ in range(3)] == [b"page 1"] * 3
    clock[0] += 2.9
    assert cache(get()).content == b"page 1"
    clock[0] += 0.2
    assert cache(get()).content == b"page 2"


def test_browsers_are_told_how_to_ask_again(clock):
    cache = PageCache(Views())
    first = cache(get())
    assert first["Cache-Control"] == "public, max-age=3"
    for _ in range(2):
        again = cache(get(HTTP_IF_NONE_MATCH=first["ETag"]))
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


@pytest.mark.parametrize(
    "extra",
    [
        {"path": "/fr/"},
        {"path": "/en/?day=2"},
        {"HTTP_HOST": "other.example.org"},
        {"secure": True},
        {"HTTP_ACCEPT_ENCODING": "gzip"},
    ],
    ids=["language", "query", "host", "scheme", "packed"],
)
def test_another_request_is_another_page(clock, extra):
    cache = PageCache(Views())
    assert cache(get()).content == b"page 1"
    assert cache(get(**extra)).content == b"page 2"
    assert cache(get()).content == b"page 1"


@pytest.mark.parametrize(
    "request_",
    [
        RequestFactory().post("/en/"),
        get("/admin/"),
        get("/metrics"),
        get(f"/en/?q={'x' * 400}"),
        get(HTTP_AUTHORIZATION="Bearer x"),
        get(HTTP_COOKIE="sessionid=abc"),
    ],
    ids=["post", "staff", "metrics", "long address", "token", "session"],
)
def test_what_is_no_anonymous_page_is_never_kept(clock, request_):
    cache = PageCache(Views())
    assert [cache(request_).content for _ in range(2)] == [b"page 1", b"page 2"]


def forbid(response):
    response.status_code = 403


def set_a_cookie(response):
    response.set_cookie("a", "b")


def vary_by_cookie(response):
    patch_vary_headers(response, ["Cookie"])


def forbid_storing(response):
    response["Cache-Control"] = "no-store"


def be_a_file(response):
    response["Content-Type"] = "application/pdf"


@pytest.mark.parametrize("change", [forbid, set_a_cookie, vary_by_cookie, forbid_storing, be_a_file])
def test_what_is_no_public_page_is_never_kept(clock, change):
    cache = PageCache(Views(change))
    assert [cache(get()).content for _ in range(2)] == [b"page 1", b"page 2"]


@pytest.mark.django_db
def test_pages_of_the_site_are_public_and_those_of_staff_are_not(clock):
    anonymous = Client()
    page = anonymous.get("/en/")
    assert page.status_code in {200, 404}
    staff = Client()
    staff.force_login(
        get_user_model().objects.create_superuser("s@example.org", "x"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    assert "public" not in staff.get("/en/").get("Cache-Control", "")
