"""One of several clocks that tick at the same moment.

`python -m tests.events.outbox.ticking FILE NAME...` says "ready", waits for a line, and then ticks three
times; each job that it runs adds a line with its name to the file.
"""

import datetime as dt
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cms.settings.development")
django.setup()

from events.outbox.clock import PeriodicJob, run_due  # noqa: E402 - Django must be set up first


def note(file: Path, name: str) -> None:
    """Add the name, whole and at the end, whoever else is writing."""
    with file.open("a") as lines:
        lines.write(f"{name}\n")


def main(file: Path, names: list[str]) -> None:
    """Wait for the common start, then tick."""
    every = dt.timedelta(hours=1)
    jobs = [PeriodicJob(name, every, lambda name=name: note(file, name)) for name in names]
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(3):
        run_due(jobs)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
