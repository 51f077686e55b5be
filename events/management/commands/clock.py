"""Run the periodic jobs when they are due, until told to stop."""

from typing import Any

from django.core.management.base import BaseCommand

from events.outbox.clock import tick_until
from events.outbox.stopping import stop_on_signal
from events.tasks import JOBS


class Command(BaseCommand):
    help = "Runs the periodic jobs of events/tasks.py. Several clocks may run: each job is done by one."
    # They would load every page of the site first: ten megabytes for as long as the clock runs.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        stop = stop_on_signal()
        self.stdout.write(f"The clock runs {len(JOBS)} jobs.")
        tick_until(stop, JOBS)
