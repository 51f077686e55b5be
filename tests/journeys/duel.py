"""Two processes that act on the same people at the same moment, one after the other in step.

`prepare CODE NUMBER STATE` makes people in that state and prints their primary keys as JSON; `act NAME
ME STEPS` reads the keys, waits at each until the other is there too (`STEPS` is a file of two numbers), acts
and prints the outcomes; `judge CODE` prints what is wrong with the event. With `UNGUARDED=1` rows are read
without their lock, to show that the drill would notice.
"""

import json
import mmap
import os
import struct
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cms.settings.development")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - Django must be set up first
from django.db import close_old_connections, transaction  # noqa: E402
from django.db.models import QuerySet  # noqa: E402

from events.catalogue.models import Event  # noqa: E402
from events.journeys.decide import approve, refuse  # noqa: E402
from events.journeys.offers import accept  # noqa: E402
from events.journeys.withdraw import withdraw  # noqa: E402
from events.registration import services  # noqa: E402
from events.registration.models import Registration  # noqa: E402
from events.registration.services import CLOCK, QUEUED, register  # noqa: E402
from events.registration.states import NotAllowedError, State  # noqa: E402
from events.registration.waiting import OfferEndedError, lapse, offer  # noqa: E402
from tests.factories import FREE, answers, make_category, make_registration  # noqa: E402
from tests.ledger import by_state, faults  # noqa: E402


@cache
def officer() -> object:
    """Who decides; looked up before the race."""
    return get_user_model().objects.filter(is_superuser=True).first()


ACTS: dict[str, Callable[[Registration], object]] = {
    "approve": lambda person: approve(registration=person, user=officer()),
    "refuse": lambda person: refuse(registration=person, user=officer(), reason="full"),
    "withdraw": lambda person: withdraw(registration=person),
    "accept": lambda person: accept(registration=person),
    "lapse": lambda person: lapse(registration=person),
}


def prepare(code: str, number: int, state: str) -> list[int]:
    """People who wait for approval, or who are offered a place."""
    event = Event.objects.get(code=code)
    offered = state == State.OFFERED
    category = make_category(event, "Z", needs_approval=not offered, has_waiting_list=offered)
    with transaction.atomic():
        made = [_person(event, category, offered=offered) for _number in range(number)]
    return [person.pk for person in made]


def _person(event: Event, category: object, *, offered: bool) -> Registration:
    if not offered:
        return make_registration(event, category)
    waiting = register(event=event, category=category, answers=answers(), price=FREE, beginning=QUEUED)
    return offer(registration=waiting, actor=CLOCK)


class InStep:
    """Waits until the other process has come as far, by two numbers in a shared file."""

    def __init__(self, path: Path, me: int) -> None:
        self.me = me
        self.shared = mmap.mmap(os.open(path, os.O_RDWR), 8)

    def wait(self, step: int) -> None:
        struct.pack_into("i", self.shared, 4 * self.me, step)
        while struct.unpack_from("i", self.shared, 4 * (1 - self.me))[0] < step:
            time.sleep(0)


def take_the_guard_out() -> None:
    """Read without a lock, and think a moment before writing."""
    QuerySet.select_for_update = lambda self, **options: self
    decide = services.after

    def slowly(*args: object, **options: object) -> State:
        time.sleep(0.005)
        return decide(*args, **options)

    services.after = slowly


def act(name: str, me: int, steps: Path) -> list[str]:
    """Act on each person; what came of it."""
    people = json.loads(sys.stdin.readline())
    in_step, outcomes = InStep(steps, me), []
    officer()
    for step, pk in enumerate(people, start=1):
        person = Registration.objects.get(pk=pk)
        in_step.wait(step)
        try:
            ACTS[name](person)
        except (NotAllowedError, OfferEndedError):
            outcomes.append("refused")
        else:
            outcomes.append("done")
        close_old_connections()
    return outcomes


def judge(code: str) -> dict[str, object]:
    """What is wrong with the event's registrations, and how they stand."""
    event = Event.objects.get(code=code)
    return {"faults": faults(event), "states": by_state(event)}


if __name__ == "__main__":
    if os.environ.get("UNGUARDED"):
        take_the_guard_out()
    match sys.argv[1:]:
        case ["prepare", code, number, state]:
            print(json.dumps(prepare(code, int(number), state)))
        case ["act", name, me, steps]:
            print(json.dumps(act(name, int(me), Path(steps))))
        case ["judge", code]:
            print(json.dumps(judge(code)))
