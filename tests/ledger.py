"""Whether what the database says of an event's registrations holds together, after whatever happened."""

from collections import Counter as Counted
from collections.abc import Iterator

from events.catalogue.models import Event
from events.registration.models import Counter, Registration, StateChange
from events.registration.states import HOLDS_PLACE, NotAllowedError, State, Transition, after, begins
from events.tickets.models import Ticket

BEGINNINGS = {Transition.SUBMIT, Transition.QUEUE, Transition.NOMINATE}


def faults(event: Event) -> list[str]:
    """Everything that is wrong: counters, histories, tickets. Four queries."""
    people = list(
        event.registrations.select_related("category", "delegation")
        .prefetch_related("history")
        .order_by("pk")
    )
    valid = set(
        Ticket.objects.filter(registration__event=event, revoked_at=None).values_list(
            "registration", flat=True
        )
    )
    return [
        *_of_counters(event, people),
        *(f"{person.reference}: {fault}" for person in people for fault in _of_history(person)),
        *(f"{person.reference}: {fault}" for person in people for fault in _of_ticket(person, valid)),
    ]


def _of_counters(event: Event, people: list[Registration]) -> Iterator[str]:
    held = [person for person in people if person.state in HOLDS_PLACE]
    for counter in Counter.objects.filter(event=event):
        rows = sum(
            counter.category_id in {None, person.category_id}
            and counter.delegation_id in {None, person.delegation_id}
            for person in held
        )
        if rows != counter.taken:
            yield f"counter {counter.pk} says {counter.taken} where {rows} hold a place"
        if counter.capacity is not None and rows > counter.capacity:
            yield f"counter {counter.pk} is oversold: {rows} of {counter.capacity}"


def _of_history(person: Registration) -> Iterator[str]:
    """Each line begins where the one before ended, and is a way that there is."""
    stands = ""
    for line in person.history.all():
        if line.from_state != stands:
            yield f"{line.transition} from {line.from_state!r} where it stood {stands!r}"
        if line.to_state != _leads_to(person, line):
            yield f"{line.transition} from {line.from_state} has led to {line.to_state}"
        stands = line.to_state
    if stands != person.state:
        yield f"the history ends {stands}, the state is {person.state}"


def _leads_to(person: Registration, line: StateChange) -> str:
    transition = Transition(line.transition)
    try:
        if transition in BEGINNINGS and not line.from_state:
            return begins(transition, needs_approval=person.needs_approval)
        return after(State(line.from_state), transition, needs_approval=person.needs_approval)
    except (NotAllowedError, ValueError, KeyError):
        return "nowhere"


def _of_ticket(person: Registration, valid: set[int]) -> Iterator[str]:
    if (person.state == State.CONFIRMED) != (person.pk in valid):
        yield f"{person.state} {'with' if person.pk in valid else 'without'} a valid ticket"


def by_state(event: Event) -> dict[str, int]:
    """How many registrations of the event are in each state."""
    return dict(Counted(event.registrations.values_list("state", flat=True)))
