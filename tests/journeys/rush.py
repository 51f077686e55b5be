"""One of several processes that register at the same moment.

`python -m tests.journeys.rush CODE ATTEMPTS MODE` says "ready", waits for a line, and then prints the
outcomes as one JSON list. MODE "unguarded" replaces the guard by a count before the insert, to show that
the drill would notice; MODE "twins" makes the same requests in every process.
"""

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cms.settings.development")
django.setup()

from django.db import close_old_connections  # noqa: E402 - Django must be set up first

from events.catalogue.models import Event  # noqa: E402
from events.journeys import confirm as journey  # noqa: E402
from events.registration.models import Counter, Registration  # noqa: E402
from events.registration.places import NoPlaceLeftError  # noqa: E402
from events.registration.selectors import open_categories  # noqa: E402
from tests.factories import answers  # noqa: E402


def count_then_take(*, event_id: int, category_id: int) -> None:
    """What a site without a guard does: count, think a moment, then insert."""
    capacity = Counter.objects.get(event_id=event_id, category=None, delegation=None).capacity
    if capacity is not None and Registration.objects.filter(event_id=event_id).count() > capacity:
        raise NoPlaceLeftError(category_full=False)
    time.sleep(0.02)


def attempt(event: Event, name: str) -> str:
    """One registration; what the delegate would be told."""
    categories = open_categories(event) or list(event.categories.all())
    try:
        outcome = journey.confirm(
            event=event,
            category=categories[0],
            answers=answers(name=name, email=f"{name}@example.org"),
            key=f"key-{name}",
            form_session="rush",
            address="/register/done/",
        )
    except NoPlaceLeftError:
        return "full"
    return f"repeated {outcome.result}" if outcome.repeated else f"confirmed {outcome.result}"


def main(code: str, attempts: int, mode: str) -> None:
    """Wait for the common start, then attempt one after the other."""
    if mode == "unguarded":
        journey.take_place = count_then_take
    event = Event.objects.get(code=code)
    who = "twin" if mode == "twins" else f"process{os.getpid()}"
    print("ready", flush=True)
    sys.stdin.readline()
    outcomes = []
    for number in range(attempts):
        outcomes.append(attempt(event, f"{who}-{number}"))
        close_old_connections()
    print(json.dumps(outcomes))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
