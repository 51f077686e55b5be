"""Spares the tests the migrations on SQLite: a migrated database is kept in var/ and copied into memory."""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "test-template"


@contextmanager
def filled(database: str) -> Iterator[None]:
    """Hold the database in memory of this name, with every table in place."""
    with closing(sqlite3.connect(database, uri=True)) as memory:
        with closing(sqlite3.connect(migrated())) as template:
            template.backup(memory)
        yield


def migrated() -> Path:
    """The file of a migrated database, made anew whenever what makes it has changed."""
    path = FOLDER / f"{_digest()}.sqlite3"
    FOLDER.mkdir(parents=True, exist_ok=True)
    # The processes of one run ask at the same moment; one of them makes it.
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            for former in FOLDER.glob("*.sqlite3*"):
                former.unlink()
            unfinished = path.with_suffix(".sqlite3-unfinished")
            _migrate(unfinished)
            unfinished.rename(path)
    return path


def _digest() -> str:
    makers = [
        *ROOT.glob("*/migrations/*.py"),
        *ROOT.glob("site_cms/settings/*.py"),
        ROOT / "requirements/base.txt",
    ]
    return hashlib.sha256(b"".join(maker.read_bytes() for maker in sorted(makers))).hexdigest()[:20]


def _migrate(path: Path) -> None:
    environment = {"DATABASE_URL": f"sqlite:///{path}", "DJANGO_SETTINGS_MODULE": "site_cms.settings.test"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=True)
