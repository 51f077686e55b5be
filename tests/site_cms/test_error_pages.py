"""Pages of errors ask no database: only the tests of addresses have one."""

import pytest
from django.test import RequestFactory
from django.utils.translation import gettext, override

from site_cms import errors

REQUEST = RequestFactory().get("/ar/ephyto/")


@pytest.mark.parametrize(
    "handler,status,title",
    [
        (errors.server_error, 500, "Sorry, something went wrong"),
        (errors.unavailable, 503, "The site is busy for a moment"),
        (errors.csrf_failure, 403, "This form is too old or its cookie is missing"),
        (lambda request: errors.bad_request(request, ValueError()), 400, "This request could not be read"),
    ],
)
def test_errors_keep_the_frame_and_the_language_without_a_database(handler, status, title):
    with override("ar"):
        response = handler(REQUEST)
        title = gettext(title)
    text = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{title}</h1>" in text
    assert '<html lang="ar" dir="rtl">' in text
    assert 'href="/zh-hans/ephyto/" lang="zh-hans"' in text
    assert '<meta name="robots" content="noindex">' in text


def test_503_tells_when_to_come_back():
    assert errors.unavailable(REQUEST)["Retry-After"] == "10"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["%00", "ephyto/%00", "events/%00", "events/A%00/programme", "x/%ED%A0%80", "a/" * 400]
)
def test_an_address_that_no_database_can_hold_is_404(client, path):
    response = client.get(f"/en/{path}/")
    assert response.status_code == 404
    assert "<h1>Page not found</h1>" in response.text
