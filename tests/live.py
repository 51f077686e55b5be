"""The whole site as processes of its own, on a database of its own: for journeys, drills and the bench."""

import contextlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

PROJECT = Path(__file__).resolve().parents[1]
START_SECONDS = 60
STOP_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Database:
    """A database by its URL, asked without Django: the independent count of every drill."""

    url: str

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of a statement whose parameters are written `?`."""
        if self.is_sqlite:
            with contextlib.closing(sqlite3.connect(self.path, timeout=20)) as connection, connection:
                return connection.execute(sql, parameters).fetchall()
        with psycopg.connect(self.url) as connection:
            cursor = connection.execute(sql.replace("?", "%s"), parameters or None)
            return cursor.fetchall() if cursor.description else []

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first column of the first row."""
        return self.rows(sql, parameters)[0][0]

    @property
    def path(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    def copy(self, folder: Path) -> "Database":
        """A database with the same content."""
        name = f"copy_{uuid.uuid4().hex[:12]}"
        if self.is_sqlite:
            path = folder / f"{name}.sqlite3"
            shutil.copyfile(self.path, path)
            return Database(f"sqlite:///{path}")
        _maintain(self.url, f'CREATE DATABASE "{name}" TEMPLATE "{_name(self.url)}"')
        return Database(_renamed(self.url, name))

    def drop(self) -> None:
        """Remove it, whoever is still connected."""
        if self.is_sqlite:
            self.path.unlink()
        else:
            _maintain(self.url, f'DROP DATABASE "{_name(self.url)}" WITH (FORCE)')


def new_database(server_url: str, folder: Path) -> Database:
    """An empty database on the server of `server_url`, or in a file when that is empty or SQLite."""
    if not server_url.startswith("postgres"):
        return Database(f"sqlite:///{folder / 'site.sqlite3'}")
    name = f"live_{uuid.uuid4().hex[:12]}"
    _maintain(server_url, f'CREATE DATABASE "{name}"')
    return Database(_renamed(server_url, name))


def _name(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def _renamed(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _maintain(url: str, statement: str) -> None:
    with psycopg.connect(_renamed(url, "postgres"), autocommit=True) as connection:
        connection.execute(statement)


def free_port() -> int:
    """A port of the loopback that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Site:
    """Web, worker and clock on one database, under the development settings."""

    database: Database
    folder: Path
    email_url: str = "console:"
    port: int = field(default_factory=free_port)
    web_workers: int = 2
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "site_cms.settings.development",
            "DATABASE_URL": self.database.url,
            "EMAIL_URL": self.email_url,
            "SITE_URL": self.address,
            "MEDIA_ROOT": str(self.folder / "media"),
            "WEB_CONCURRENCY": str(self.web_workers),
            "PYTHONWARNINGS": "ignore",
        }

    def manage(self, *arguments: str, **options: Any) -> str:
        """Run a management command to its end and give what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=PROJECT, env=self.environment, text=True, capture_output=True, check=False, **options
        )
        if done.returncode:
            message = f"{' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}"
            raise AssertionError(message)
        return done.stdout

    def start(self, *names: str) -> None:
        """Start the named processes (web, worker, clock); the web answers when this returns."""
        commands = {
            "web": ["-m", "gunicorn", "site_cms.wsgi", "--bind", f"127.0.0.1:{self.port}"],
            "worker": ["manage.py", "worker", "--interval", "0.1"],
            "clock": ["manage.py", "clock"],
        }
        for name in names:
            with (self.folder / f"{name}.log").open("ab") as log:
                self.processes[name] = subprocess.Popen(
                    [sys.executable, *commands[name]],
                    cwd=PROJECT,
                    env=self.environment,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        if "web" in names:
            self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait for the first 200 of the web process."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                if urllib.request.urlopen(f"{self.address}/healthz", timeout=2).status == 200:  # noqa: S310 - loopback
                    return
            time.sleep(0.1)
        message = f"the web process did not answer:\n{self.log('web')}"
        raise AssertionError(message)

    def log(self, name: str) -> str:
        """What a process has printed so far."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def kill(self, name: str) -> None:
        """Do a kill -9 of the process and its children, as a crash would."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """Stop every process as the platform would: SIGTERM, then wait."""
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.processes.clear()


@contextlib.contextmanager
def running(site: Site, *names: str) -> Iterator[Site]:
    """The site with the named processes, stopped at the end."""
    try:
        site.start(*names)
        yield site
    finally:
        site.stop()


def prepare(site: Site) -> None:
    """Migrate an empty database and load the demonstration content."""
    site.manage("migrate", "--verbosity", "0")
    site.manage("demo")
