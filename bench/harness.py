"""Starting the site to be measured, loading it honestly, and saying what came out."""

import http.client
import itertools
import json
import re
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.live import Database, Site, new_database, prepare, running
from tests.mailbox import Mailbox

CONCURRENCY = 8
CALIBRATION_ITERATIONS = 2_000_000


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    work: str
    measured: str
    aim: str
    database: str = ""


@dataclass(slots=True)
class Load:
    """The times of a load, in seconds; an answer that was not expected has already ended it."""

    seconds: float
    times: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Acts a second."""
        return len(self.times) / self.seconds

    @property
    def p95(self) -> float:
        """The time within which 95 of 100 acts were done, in milliseconds."""
        return statistics.quantiles(self.times, n=20)[-1] * 1000

    def __str__(self) -> str:
        return f"{self.rate:.0f}/s, p95 {self.p95:.0f} ms ({len(self.times)} in {self.seconds:.1f} s)"


def calibration() -> float:
    """Milliseconds of a fixed pure-Python loop: how fast this machine is just now."""
    began = time.perf_counter()
    total = 0
    for number in range(CALIBRATION_ITERATIONS):
        total += number & 7
    return (time.perf_counter() - began) * 1000


@contextmanager
def measured_site(server_url: str) -> Iterator[tuple[Site, Mailbox]]:
    """The demo site with web, worker and clock and a real SMTP server."""
    with TemporaryDirectory() as folder, Mailbox() as mailbox:
        path = Path(folder)
        site = Site(new_database(server_url, path), path, mailbox.url)
        try:
            prepare(site)
            with running(site, "web", "worker", "clock"):
                yield site, mailbox
        finally:
            if not site.database.is_sqlite:
                site.database.drop()


class Client:
    """A plain HTTP client with its own loopback address and cookies; expects one status a request."""

    _hosts = itertools.count(2)

    def __init__(self, address: str) -> None:
        number = next(self._hosts)
        self.source = f"127.0.{number // 250 % 250}.{number % 250 + 2}"
        self.target = urlsplit(address)
        self.cookies: dict[str, str] = {}

    def request(
        self, path: str, data: dict[str, object] | None = None, *, status: int = 200, **headers: str
    ) -> tuple[http.client.HTTPResponse, str]:
        """GET, or POST when there is data. Raises AssertionError on any other status."""
        if data is None:
            return self._send("GET", path, None, headers, status)
        sent = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"{self.target.geturl()}{path}",
        }
        return self._send("POST", path, urlencode(data, doseq=True), sent | headers, status)

    def post_json(self, path: str, data: dict[str, object], **headers: str) -> Any:
        """What the answer's JSON says. Raises AssertionError unless it is 200."""
        sent = {"Content-Type": "application/json"} | headers
        _response, body = self._send("POST", path, json.dumps(data), sent, 200)
        return json.loads(body)

    def _send(
        self, method: str, path: str, body: str | None, headers: dict[str, str], status: int
    ) -> tuple[http.client.HTTPResponse, str]:
        connection = http.client.HTTPConnection(
            str(self.target.hostname), self.target.port, timeout=60, source_address=(self.source, 0)
        )
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(method, path, body, {"Cookie": cookies} | headers)
        response = connection.getresponse()
        answer = response.read().decode(errors="replace")
        connection.close()
        if response.status != status:
            message = f"{path}: {response.status} instead of {status}\n{answer[:1500]}"
            raise AssertionError(message)
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return response, answer


def hidden_fields(page: str) -> dict[str, object]:
    """The hidden inputs of a page, by name."""
    fields: dict[str, object] = {}
    for tag in re.findall(r"<input\b[^>]*type=\"hidden\"[^>]*>", page):
        attributes = dict(re.findall(r"(\w+)=\"([^\"]*)\"", tag))
        fields[attributes["name"]] = attributes.get("value", "")
    return fields


def load(act: Callable[[int], None], number: int, *, concurrency: int = CONCURRENCY) -> Load:
    """Do `act` for 0 … number-1 with this concurrency; the first error ends the measurement."""
    numbers = iter(range(number))
    lock = threading.Lock()
    times: list[float] = []
    errors: list[BaseException] = []

    def work() -> None:
        while not errors:
            with lock:
                mine = next(numbers, None)
            if mine is None:
                return
            began = time.perf_counter()
            try:
                act(mine)
            except BaseException as error:  # noqa: BLE001 - told to the caller below
                errors.append(error)
                return
            times.append(time.perf_counter() - began)

    threads = [threading.Thread(target=work) for _ in range(concurrency)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return Load(time.perf_counter() - began, times)


def wait_for(value: Callable[[], int], wanted: int, seconds: float) -> float:
    """Seconds until `value()` is `wanted`; AssertionError after `seconds`."""
    began = time.perf_counter()
    while (found := value()) != wanted:
        if time.perf_counter() - began > seconds:
            message = f"{found} instead of {wanted} after {seconds} s"
            raise AssertionError(message)
        time.sleep(0.2)
    return time.perf_counter() - began


def taken_in_all(database: Database) -> int:
    """Confirmed registrations of the database."""
    return int(database.value("SELECT count(*) FROM events_registration WHERE state = 'confirmed'"))
