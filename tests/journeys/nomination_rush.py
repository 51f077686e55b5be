"""One of several processes that nominate for one delegation at the same moment.

`python -m tests.journeys.nomination_rush DELEGATION LETTER ATTEMPTS MODE` says "ready", waits for a line,
and then prints the outcomes as one JSON list. MODE "heads" nominates heads of delegation; MODE "unguarded"
leaves the counters alone, to show that the drill would notice.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cms.settings.development")
django.setup()

from django.db import close_old_connections  # noqa: E402 - Django must be set up first

from events.delegations.selectors import delegation_by_id  # noqa: E402
from events.journeys.delegation import nominate as journey  # noqa: E402
from events.once.form_keys import new_key  # noqa: E402
from events.registration.places import NoPlaceLeftError  # noqa: E402


def attempt(delegation_id: int, letter: str, role: str, name: str) -> str:
    """One nomination; what the contact point would be told."""
    delegation = delegation_by_id(delegation_id)
    category = delegation.event.categories.get(letter=letter)
    person = journey.Nominee(role, category, name, f"{name}@example.org", "", "en")
    try:
        journey.nominate(delegation=delegation, people=[person], key=new_key())
    except NoPlaceLeftError:
        return "full"
    except journey.HeadTakenError:
        return "head"
    return "nominated"


def main(delegation_id: int, letter: str, attempts: int, mode: str) -> None:
    """Wait for the common start, then attempt one after the other."""
    if mode == "unguarded":
        journey.take_places = lambda **kwargs: None
    print("ready", flush=True)
    sys.stdin.readline()
    outcomes = []
    for number in range(attempts):
        role = "head" if mode == "heads" else "adviser"
        outcomes.append(attempt(delegation_id, letter, role, f"process{os.getpid()}-{number}"))
        close_old_connections()
    print(json.dumps(outcomes))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4])
