import logging
import runpy
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from site_cms.logs import MaskSecrets, mask, masked_path

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "path, masked",
    [
        ("/en/r/SECRET/", "/en/r/***/"),
        ("/zh-hans/r/SECRET/ticket.pdf", "/zh-hans/r/***/ticket.pdf"),
        ("/fr/delegations/SECRET/", "/fr/delegations/***/"),
        ("/calendar/my/SECRET.ics", "/calendar/my/***"),
        ("/B/SECRET", "/B/***"),
        ("/b/SECRET", "/b/***"),
        ("/accounts/password/reset/key/1-SECRET/", "/accounts/password/reset/key/***/"),
        ("/en/events/ephyto-2026/register/", "/en/events/ephyto-2026/register/"),
        ("/calendar/all.ics", "/calendar/all.ics"),
    ],
)
def test_a_secret_in_the_path_is_masked(path: str, masked: str) -> None:
    assert mask(path) == masked
    assert masked_path(path) == masked


def test_a_path_stays_on_one_line() -> None:
    assert masked_path("/en/\nGET /forged 200") == "/en/%0AGET%20/forged%20200"


def test_djangos_own_lines_are_masked() -> None:
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 0, "%s: %s", ("Not Found", "/en/r/SECRET/"), None
    )
    assert MaskSecrets().filter(record)
    assert record.getMessage() == "Not Found: /en/r/***/"


def test_the_error_log_of_the_server_names_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    log = runpy.run_path(str(ROOT / "gunicorn.conf.py"))["DiscreetLog"](Config())
    try:
        log.error("Error handling request %s %s", "GET", "/en/r/SECRET/ticket.pdf")
        assert capsys.readouterr().err.rstrip().endswith("Error handling request GET /en/r/***/ticket.pdf")
    finally:
        log.error_log.handlers.clear()
        log.error_log.filters.clear()


def test_the_access_log_names_neither_person_nor_secret() -> None:
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    environ = {
        "PATH_INFO": "/en/r/SECRET/",
        "QUERY_STRING": "q=SECRET",
        "RAW_URI": "/en/r/SECRET/?q=SECRET",
        "REMOTE_ADDR": "192.0.2.1",
        "REQUEST_METHOD": "GET",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": "https://example.org/en/r/SECRET/",
    }
    response = SimpleNamespace(status="200 OK", sent=123, headers=[])
    log = settings["DiscreetLog"].__new__(settings["DiscreetLog"])
    parts = log.atoms(response, SimpleNamespace(headers=[]), environ, timedelta(milliseconds=7))
    assert settings["access_log_format"] % parts == "GET /en/r/***/ 200 123 bytes 7 ms"
