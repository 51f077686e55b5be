"""What `make run` does: prepares the database, then starts web, worker and clock until Ctrl-C."""

import os
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Start the site on PORT, or stop with a sentence that says what is in the way."""
    port = os.environ.get("PORT", "8000")
    if not _is_free(port):
        sys.exit(f"Port {port} is in use. Another one can be chosen: make run PORT=8001")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cms.settings.development")
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    _prepare_database()
    print("The site opens in a moment, writes its mails to var/mail and stops with Ctrl-C.\n", flush=True)
    _become_processes(port)


def _is_free(port: str) -> bool:
    try:
        socket.create_server(("127.0.0.1", int(port))).close()
    except OSError:
        return False
    return True


def _prepare_database() -> None:
    """Bring the tables up to date, and add the demo events where there are no events yet."""
    print("Preparing the database", flush=True)
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from events.catalogue.models import Event
    from events.journeys.demo.staff import how_to_sign_in

    call_command("migrate", verbosity=0, interactive=False)
    if Event.objects.exists():
        print(*how_to_sign_in(settings.SITE_URL), sep="\n")
    else:
        call_command("demo")


def _become_processes(port: str) -> None:
    # Replacing this process leaves no idle Django in memory. Without --env, honcho would read a file .env,
    # which the preparation above has not seen.
    options = ["--env", os.devnull, "--procfile", "Procfile.dev"]
    command = [sys.executable, "-m", "honcho", *options, "start", "--port", port]
    os.execve(sys.executable, command, os.environ | {"PYTHONUNBUFFERED": "1"})  # noqa: S606 - fixed command


if __name__ == "__main__":
    main()
