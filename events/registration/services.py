"""Every write to a registration: one transaction, its audit line, its places."""

from collections import Counter as Counted
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ..catalogue.models import Category, Event
from ..catalogue.watching import tell
from ..typed.names import fold
from .models import NAME_LENGTH, Counter, Registration, StateChange
from .places import give_place_back, give_places_back, take_place
from .reference import new_reference
from .states import HOLDS_PLACE, LASTS, NotAllowedError, State, Transition, after, begins

CONSENT_VERSION = "2026-11"
FOLDED_NAME_LENGTH = 3 * NAME_LENGTH
"""The folded name's column. A fold may be longer (U+FDFA): what does not fit is not searched."""


@dataclass(frozen=True, slots=True)
class Price:
    """What a registration costs, frozen when it is made. Minor units of an ISO 4217 currency."""

    minor: int
    currency: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who changes a state."""

    kind: StateChange.Actor
    user: AbstractBaseUser | None = None


DELEGATE = Actor(StateChange.Actor.DELEGATE)
CONTACT = Actor(StateChange.Actor.CONTACT)
CLOCK = Actor(StateChange.Actor.CLOCK)


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a registration begins, and by whom. No version of the consent: the person has not consented yet."""

    transition: Transition
    actor: Actor
    consent_version: str = CONSENT_VERSION


SUBMITTED = Beginning(Transition.SUBMIT, DELEGATE)
QUEUED = Beginning(Transition.QUEUE, DELEGATE)
NOMINATED = Beginning(Transition.NOMINATE, CONTACT, consent_version="")


def register(
    *,
    event: Event,
    category: Category,
    answers: Mapping[str, object],
    price: Price,
    reference: str = "",
    beginning: Beginning = SUBMITTED,
) -> Registration:
    """Make a registration with its first audit line. The caller takes the place last (`take_place`).

    `answers` are the cleaned fields of the form, named as the model's fields. A `reference` is made
    unless the caller made one. Must run in a transaction.
    """
    registration = Registration(
        event=event,
        category=category,
        reference=reference or new_reference(),
        price_minor=price.minor,
        currency=price.currency,
        price_explanation=price.explanation,
        **answers,
    )
    registration.state = begins(beginning.transition, needs_approval=registration.needs_approval)
    if registration.state == State.WAITING:
        registration.waiting_since = timezone.now()
    if beginning.consent_version:
        _consent(registration, beginning.consent_version)
    registration.name_folded = fold(registration.name)[:FOLDED_NAME_LENGTH]
    registration.email_folded = fold(registration.email)
    registration.save(force_insert=True)
    write_down(registration, beginning.transition, beginning.actor)
    return registration


def write_down(
    registration: Registration,
    transition: Transition,
    actor: Actor,
    *,
    before: State | None = None,
    reason: str = "",
) -> None:
    """The audit line of the transition that has led from `before` to the registration's state."""
    _line(registration, transition, actor, (before or "", registration.state), reason).save(force_insert=True)


def write_down_cancelled(held: Iterable[Registration], actor: Actor, *, reason: str) -> None:
    """The audit lines of many that are cancelled, of which each is `held` as it was before."""
    StateChange.objects.bulk_create(
        _line(each, Transition.CANCEL, actor, (each.state, State.CANCELLED), reason) for each in held
    )


def _line(
    registration: Registration, transition: Transition, actor: Actor, moved: tuple[str, str], reason: str
) -> StateChange:
    return StateChange(
        registration=registration,
        transition=transition,
        from_state=moved[0],
        to_state=moved[1],
        actor=actor.kind,
        user_id=actor.user.pk if actor.user else None,
        reason=reason,
    )


def _consent(registration: Registration, version: str = CONSENT_VERSION) -> None:
    registration.consent_at = timezone.now()
    registration.consent_version = version


@transaction.atomic
def change_state(
    *, registration: Registration, transition: Transition, actor: Actor, reason: str = ""
) -> Registration:
    """Take the registration through `transition`, write its audit line, take or give back its place.

    Raises `NotAllowedError` when the state, read under a lock, does not allow it, and `NoPlaceLeftError`
    when the new state needs a place and none is left; nothing is changed then.
    """
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    before = State(locked.state)
    locked.state = after(before, transition, needs_approval=locked.needs_approval)
    locked.save(update_fields=["state", "updated_at"])
    write_down(locked, transition, actor, before=before, reason=reason)
    _move_place(locked, before)
    return locked


def _move_place(registration: Registration, before: State) -> None:
    """Take or give back the place between the two states, last of all."""
    held, holds = before in HOLDS_PLACE, registration.state in HOLDS_PLACE
    if held == holds:
        return
    move = take_place if holds else give_place_back
    move(
        event_id=registration.event_id,
        category_id=registration.category_id,
        delegation_id=registration.delegation_id,
    )


CORRECTABLE = frozenset(
    {"name", "email", "representing", "country", "rppo", "organization", "function", "languages", "language"}
)
"""What the Secretariat may put right for a person. The rest has its own act or is the person's alone."""

OWN = CORRECTABLE | {"gender", "gender_described", "nationality"}
"""What the person may change."""


@transaction.atomic
def correct(
    *,
    registration: Registration,
    changes: Mapping[str, object],
    among: Collection[str] = CORRECTABLE,
    consents: bool = False,
) -> Registration:
    """Set the fields named in `changes`, and keep the person's consent where they give it.

    Raises ValueError for a field that is not `among` those allowed. The staff screen writes the audit
    line with the names of the changed fields.
    """
    if foreign := set(changes) - set(among):
        raise ValueError(f"not correctable: {', '.join(sorted(foreign))}")
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    for field, value in changes.items():
        setattr(locked, field, value)
    locked.name_folded = fold(locked.name)[:FOLDED_NAME_LENGTH]
    locked.email_folded = fold(locked.email)
    if consents:
        _consent(locked)
    locked.save()
    return locked


@transaction.atomic
def set_capacity(*, event: Event, category: Category | None, capacity: int | None) -> Counter:
    """Set the places of the event (no category) or of a category; None means without limit.

    A capacity below what is taken is refused by the database (IntegrityError).
    """
    counter, _made = Counter.objects.update_or_create(
        event=event, category=category, delegation=None, defaults={"capacity": capacity}
    )
    tell(event.pk)
    return counter


def hold_places(*, event: Event) -> None:
    """Lock the event's counters in ascending order: nobody comes until the transaction ends.

    Whoever changes an event as well holds these first, then the event.
    """
    _hold_counters([event.pk])


def hold(*, registrations: QuerySet[Registration]) -> None:
    """Keep the state of many as it is until the transaction ends, for a caller that changes one by one.

    Rows first, then counters, each in ascending order, as in every other write: giving back the place
    of one and then waiting for the row of the next could wait for each other with a withdrawal.
    """
    rows = registrations.order_by("pk").select_for_update()
    _hold_counters(set(rows.values_list("event_id", flat=True)))


def _hold_counters(events: Collection[int]) -> None:
    counters = Counter.objects.filter(event__in=events).order_by("pk")
    list(counters.select_for_update().values_list("pk"))


def hold_everybody(*, event: Event) -> list[Registration]:
    """Who comes or may still come, in ascending order; nobody comes or goes until the transaction ends.

    Their rows are locked first and the counters after them, in the order of every other write.
    """
    mine = _lasting(event).order_by("pk")
    list(mine.select_for_update().values_list("pk"))
    hold_places(event=event)
    # Somebody may have taken the last free moment between the two.
    return list(mine.only("state", "email", "language", "category", "delegation", "event"))


@transaction.atomic
def cancel_everybody(*, held: Sequence[Registration], event: Event, actor: Actor, reason: str = "") -> None:
    """Cancel whom `hold_everybody` holds, each with an audit line, and give the places back.

    The number of queries depends on the categories alone, and on the batches of audit lines.
    """
    write_down_cancelled(held, actor, reason=reason)
    places = Counted((each.category_id, each.delegation_id) for each in held if each.state in HOLDS_PLACE)
    _lasting(event).update(state=State.CANCELLED, updated_at=timezone.now())
    give_places_back(event_id=event.pk, places=places)


@transaction.atomic
def ask_to_reconfirm(*, event: Event) -> int:
    """Ask everybody with a place whether they still come, also who said so before; how many."""
    return _lasting(event, HOLDS_PLACE).update(
        reconfirm_asked_at=timezone.now(), reconfirmed_at=None, updated_at=timezone.now()
    )


@transaction.atomic
def ask_no_more(*, event: Event) -> int:
    """Withdraw the question: there are no dates to come for. How many had been asked."""
    asked = _lasting(event, HOLDS_PLACE).filter(reconfirm_asked_at__isnull=False)
    return asked.update(reconfirm_asked_at=None, reconfirmed_at=None, updated_at=timezone.now())


@transaction.atomic
def reconfirm(*, registration: Registration) -> Registration:
    """The person still comes. A second time changes nothing.

    Raises `NotAllowedError` when the registration has ended or nobody asked.
    """
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    if not locked.may_reconfirm:
        raise NotAllowedError("reconfirm")
    if locked.reconfirmed_at is None:
        locked.reconfirmed_at = timezone.now()
        locked.save(update_fields=["reconfirmed_at", "updated_at"])
    return locked


def _lasting(event: Event, among: Collection[State] = LASTS) -> QuerySet[Registration]:
    return Registration.objects.filter(event=event, state__in=among)


@transaction.atomic
def renew_link(*, registration: Registration) -> Registration:
    """Revoke every personal link sent so far."""
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    locked.link_version += 1
    locked.save(update_fields=["link_version", "updated_at"])
    return locked
