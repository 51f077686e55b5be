"""Deliver the mail and run the queued tasks of the libraries, until told to stop."""

import logging
import os
import socket
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from events.outbox.delivery import deliver_until
from events.outbox.insist import DATABASE_AWAY
from events.outbox.stopping import stop_on_signal

logger = logging.getLogger(__name__)
PAUSE_IN_TROUBLE_SECONDS = 5.0


class Command(BaseCommand):
    help = "Delivers the mail and runs queued tasks. Several workers may run."
    # They would load every page of the site first: a second more.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--interval", type=float, default=1.0, help="Seconds between two looks for work (1)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stop = stop_on_signal()
        pause = options["interval"]
        self.stdout.write("The worker delivers mail and runs tasks.")
        # Apart from the tasks, so that no mail waits for a long task.
        mail = threading.Thread(
            target=deliver_until, args=(stop,), kwargs={"pause": pause}, name="mail", daemon=True
        )
        mail.start()
        work_until(stop, pause=pause)
        mail.join()


def work_until(stop: threading.Event, *, pause: float) -> None:
    """Run queued tasks until `stop` is set; the one under way is finished first."""
    while not stop.is_set():
        close_old_connections()
        try:
            # Looking first: the library's worker locks the whole of SQLite for each look.
            if DBTaskResult.objects.ready().exists():
                _worker().run()
            else:
                stop.wait(pause)
        except DATABASE_AWAY as error:
            logger.error("tasks wait for the database: %s", type(error).__name__)  # noqa: TRY400
            stop.wait(PAUSE_IN_TROUBLE_SECONDS)


def _worker() -> Worker:
    """The library's worker for one task, so that it is we who decide about the next."""
    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=f"{socket.gethostname()[:40]}-{os.getpid()}",
    )
