"""A database that is away gives 503 and says when to come back, wherever in the site it is missed."""

import logging
from typing import Any

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.db import InterfaceError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from wagtail import urls as wagtail_urls

from site_cms.urls import handler500  # noqa: F401 - the handler of this URL configuration

pytestmark = pytest.mark.urls(__name__)


def raises(error: Exception) -> Any:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


class FailingMiddleware:
    """Stands for any middleware that asks the database, such as the one of sessions."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        raise OperationalError


views = [
    path("operational/", raises(OperationalError("connection to host 10.0.0.1 refused"))),
    path("interface/", raises(InterfaceError("connection already closed"))),
    path("fault/", raises(ZeroDivisionError())),
]
urlpatterns = [
    path("api/", include(views)),
    *i18n_patterns(*views, path("", include(wagtail_urls))),
]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: BaseDatabaseWrapper, *args: object, **kwargs: object) -> None:
        message = "the database is away"
        raise OperationalError(message)

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", away)
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", away)


@pytest.mark.parametrize("address", ["/en/operational/", "/en/interface/"])
def test_a_view_without_its_database_gives_503(visitor: Client, address: str) -> None:
    answer = visitor.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "10.0.0.1" not in answer.content.decode()
    assert "<h1>The site is busy for a moment</h1>" in answer.content.decode()


def test_a_middleware_without_its_database_gives_503(visitor: Client, settings: Any) -> None:
    place = settings.MIDDLEWARE.index("site_cms.content_security.ContentSecurity") + 1
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE[:place],
        f"{__name__}.FailingMiddleware",
        *settings.MIDDLEWARE[place:],
    ]
    answer = visitor.get("/ar/fault/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert '<html lang="ar" dir="rtl">' in answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_session_that_cannot_be_read_gives_503(visitor: Client) -> None:
    visitor.cookies["sessionid"] = "a" * 32
    answer = visitor.get("/en/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")


@pytest.mark.parametrize("status, address", [(503, "/api/operational/"), (500, "/api/fault/")])
def test_the_api_says_so_in_json(visitor: Client, status: int, address: str) -> None:
    answer = visitor.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/json")
    assert set(answer.json()) == {"detail"}
    assert ("Retry-After" in answer) is (status == 503)


def test_a_fault_of_ours_stays_500_and_is_logged(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer = visitor.get("/fr/fault/")
    assert answer.status_code == 500
    assert '<html lang="fr" dir="ltr">' in answer.content.decode()
    assert "ZeroDivisionError" in caplog.text
