"""Pages of errors ask no database: these tests have none."""

import pytest
from django.test import RequestFactory
from django.utils.translation import override

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
    text = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{title}</h1>" in text
    assert '<html lang="ar" dir="rtl">' in text
    assert 'href="/zh-hans/ephyto/" lang="zh-hans"' in text
    assert '<meta name="robots" content="noindex">' in text


def test_503_tells_when_to_come_back():
    assert errors.unavailable(REQUEST)["Retry-After"] == "10"
