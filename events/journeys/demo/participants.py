"""Generated participants of the demonstration events, in bulk: the rows that the services would have made.

Measurements need tens of thousands; one by one that would take an hour. Each chunk is one transaction
with its registrations, audit lines, tickets, admissions and, last, its places. No mail is queued:
nobody reads these addresses.
"""

import datetime as dt
import random
from collections import Counter as Tally
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ...catalogue.models import Category, Country, Event, Rppo
from ...checkin.models import Admission, Gate, Scan
from ...checkin.verdicts import Verdict
from ...payments.pricing import price_for
from ...registration.dossier import Answer
from ...registration.models import Counter, Registration, StateChange
from ...registration.reference import new_reference
from ...registration.services import CONSENT_VERSION
from ...registration.states import HOLDS_PLACE, State, Transition, after, begins
from ...tickets.code import new_code
from ...tickets.models import Ticket
from ...typed.names import fold
from .people import Person, chance_of, country_order, email_of, person, pick
from .questions import Answering

_CHUNK = 2_000

_EVENT_SHARES = (
    ("DEMO-EPHYTO", 40),
    ("DEMO-IPC", 20),
    ("DEMO-CPM", 20),
    ("DEMO-IYPH", 10),
    ("DEMO-RW", 5),
    ("DEMO-COMMITTEE", 5),
)
_CATEGORY_WEIGHTS = {"E": 8, "D": 55, "O": 14, "G": 6, "P": 4, "S": 5, "M": 60, "X": 25}
_DECISIONS = ((Transition.APPROVE, 55), (Transition.REFUSE, 10), (None, 35))
_LEAVING = ((None, 94), (Transition.WITHDRAW, 4), (Transition.CANCEL, 2))
_BY_STAFF = frozenset({Transition.APPROVE, Transition.REFUSE, Transition.CANCEL})
_ADMITTED_SHARE = 0.4
_NEARLY_FULL = 0.9


@dataclass(frozen=True, slots=True)
class _Stage:
    """What the generated people register for, read once."""

    events: dict[str, Event]
    categories: dict[int, list[tuple[Category, int]]]
    gates: dict[int, Gate]
    countries: dict[str, Country]
    everywhere: list[str]
    by_workshop_region: dict[str, list[str]]
    rppos: list[Rppo]
    answering: Answering


@dataclass(slots=True)
class _Life:
    """A registration that is not saved yet, with all that has happened to it."""

    registration: Registration
    history: list[StateChange]
    answers: list[Answer]
    ticket: Ticket | None
    scan: Scan | None


def add_participants(*, count: int) -> int:
    """Bring the generated participants of the demonstration events to `count`; returns how many were added.

    Participant 7 is the same person in every database, only reference and ticket code are random.
    """
    ours = Registration.objects.filter(event__is_demonstration=True, email_folded__startswith="participant")
    known = set(ours.values_list("email_folded", flat=True))
    missing = [number for number in range(1, count + 1) if email_of(number) not in known]
    stage = _read_stage()
    for first in range(0, len(missing), _CHUNK):
        _add_chunk(missing[first : first + _CHUNK], stage)
    return len(missing)


def _read_stage() -> _Stage:
    events = Event.objects.filter(is_demonstration=True).prefetch_related("categories")
    countries = {country.iso2: country for country in Country.objects.exclude(fao_region="")}
    regions = sorted({event.workshop_region for event in events if event.workshop_region})
    order = country_order({code: country.fao_region for code, country in countries.items()})
    return _Stage(
        events={event.code: event for event in events},
        categories={
            event.pk: [
                (category, _CATEGORY_WEIGHTS.get(category.letter, 1)) for category in event.categories.all()
            ]
            for event in events
        },
        gates={
            gate.checkpoint.event_id: gate
            for gate in Gate.objects.select_related("checkpoint").order_by("-pk")
        },
        countries=countries,
        everywhere=order,
        by_workshop_region={
            region: [code for code in order if countries[code].workshop_region == region]
            for region in regions
        },
        rppos=list(Rppo.objects.all()),
        answering=Answering({event.code: event for event in events}),
    )


@transaction.atomic
def _add_chunk(numbers: Sequence[int], stage: _Stage) -> None:
    now = timezone.now()
    lives = [_live(number, stage, now) for number in numbers]
    Registration.objects.bulk_create(life.registration for life in lives)
    StateChange.objects.bulk_create(change for life in lives for change in life.history)
    Answer.objects.bulk_create(answer for life in lives for answer in life.answers)
    Ticket.objects.bulk_create(life.ticket for life in lives if life.ticket)
    scans = Scan.objects.bulk_create(life.scan for life in lives if life.scan)
    Admission.objects.bulk_create(
        Admission(
            checkpoint_id=scan.gate.checkpoint_id,
            registration=scan.registration,
            scan=scan,
            at=scan.scanned_at,
        )
        for scan in scans
    )
    _take_places([life.registration for life in lives])


def _live(number: int, stage: _Stage, now: dt.datetime) -> _Life:
    """One generated person's registration from the form to the door."""
    chance = chance_of(number)
    event = stage.events[pick(chance, _EVENT_SHARES)]
    codes = stage.by_workshop_region.get(event.workshop_region, stage.everywhere)
    who = person(number, codes[(number - 1) % len(codes)], chance)
    registration = _registration(who, pick(chance, stage.categories[event.pk]), event, stage, now)
    registration.rppo = (
        chance.choice(stage.rppos) if who.representing == Registration.Representing.RPPO else None
    )
    history = _history(registration, chance)
    return _Life(
        registration=registration,
        history=history,
        answers=list(stage.answering.answers_of(registration)),
        ticket=_ticket(registration, history, now),
        scan=_scan(registration, stage.gates.get(event.pk), chance, now),
    )


def _registration(
    who: Person, category: Category, event: Event, stage: _Stage, now: dt.datetime
) -> Registration:
    price = price_for(category)
    return Registration(
        event=event,
        category=category,
        reference=new_reference(),
        state=begins(Transition.SUBMIT, needs_approval=category.needs_approval),
        name=who.name,
        name_folded=fold(who.name),
        email=who.email,
        email_folded=fold(who.email),
        representing=who.representing,
        country=stage.countries[who.country]
        if who.representing == Registration.Representing.COUNTRY
        else None,
        organization=who.organization,
        function=who.function,
        gender=who.gender,
        languages=sorted({"en", who.language}),
        language=who.language,
        price_minor=price.minor,
        currency=price.currency,
        price_explanation=price.explanation,
        consent_at=now,
        consent_version=CONSENT_VERSION,
    )


def _history(registration: Registration, chance: random.Random) -> list[StateChange]:
    """What happened to the registration, which is left in its last state."""
    history = [StateChange(
        registration=registration,
        transition=Transition.SUBMIT,
        to_state=registration.state,
        actor=StateChange.Actor.DELEGATE,
    )]  # fmt: skip
    for state, choices in ((State.PENDING, _DECISIONS), (State.CONFIRMED, _LEAVING)):
        if registration.state == state and (transition := pick(chance, choices)):
            history.append(_step(registration, transition))
    return history


def _step(registration: Registration, transition: Transition) -> StateChange:
    before = State(registration.state)
    registration.state = after(before, transition, needs_approval=registration.needs_approval)
    return StateChange(
        registration=registration,
        transition=transition,
        from_state=before,
        to_state=registration.state,
        actor=StateChange.Actor.STAFF if transition in _BY_STAFF else StateChange.Actor.DELEGATE,
    )


def _ticket(registration: Registration, history: list[StateChange], now: dt.datetime) -> Ticket | None:
    """The ticket of whoever was ever confirmed, revoked when the registration has ended since."""
    if not any(change.to_state == State.CONFIRMED for change in history):
        return None
    revoked_at = None if registration.state == State.CONFIRMED else now
    return Ticket(registration=registration, code=new_code(), revoked_at=revoked_at)


def _scan(
    registration: Registration, gate: Gate | None, chance: random.Random, now: dt.datetime
) -> Scan | None:
    """The scan that admitted the person, for some of those who may come in."""
    if gate is None or registration.state != State.CONFIRMED or chance.random() >= _ADMITTED_SHARE:
        return None
    at = now - dt.timedelta(minutes=chance.randrange(1, 120))
    return Scan(gate=gate, registration=registration, verdict=Verdict.ADMITTED, scanned_at=at)


def _take_places(registrations: Sequence[Registration]) -> None:
    """Count the new registrations in their counters; one that would be nearly full gets twice the places."""
    holding = [registration for registration in registrations if registration.state in HOLDS_PLACE]
    new = Tally((each.event_id, key) for each in holding for key in (None, each.category_id))
    events = {event_id for event_id, _category_id in new}
    for counter in (
        Counter.objects.select_for_update().filter(event__in=events, delegation=None).order_by("pk")
    ):
        more = new[counter.event_id, counter.category_id]
        counter.taken += more
        if counter.capacity is not None and counter.taken > _NEARLY_FULL * counter.capacity:
            counter.capacity = 2 * counter.taken
        counter.save(update_fields=["taken", "capacity"])
