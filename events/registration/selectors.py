"""Reads of registrations: what the public, the person and the staff may see."""

import datetime as dt
from collections.abc import Collection
from dataclasses import fields
from functools import cache
from typing import Any

from django.db.models import Aggregate, Count, Exists, F, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from ..catalogue.models import Category, Event
from ..catalogue.selectors import to_come
from ..typed.names import fold
from . import link
from .models import Counter, Registration
from .states import HOLDS_PLACE, LASTS, State, Transition
from .windows import DeskOffer, Offer, Rules, Terms, Window, category_window, terms


class JsonRows(Aggregate):
    """The rows of a group as one JSON list."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """PostgreSQL's name for it."""
        return self.as_sql(compiler, connection, function="JSONB_AGG", **context)


def registration_terms(event: Event, now: dt.datetime | None = None) -> Terms:
    """How the event's registration stands at `now`. One query."""
    known = with_places(Event.objects.filter(pk=event.pk)).get()
    return terms(event, _rules(known.category_rules), now or timezone.now())  # type: ignore[attr-defined] # annotated


def registration_window(event: Event, now: dt.datetime | None = None) -> Window:
    """The state of the event's registration at `now`. One query."""
    return registration_terms(event, now).window


def terms_of_offers(event: Event, known: list[Offer], now: dt.datetime | None = None) -> Terms:
    """The same when all offers of the event are known. No query."""
    rules = [_rules_of(offer.category, is_full=offer.is_full) for offer in known]
    return terms(event, rules, now or timezone.now())


def public(known: list[Offer]) -> list[Offer]:
    """Of the event's offers, those that the public form shows."""
    return [offer for offer in known if offer.is_public]


def with_places(events: QuerySet[Event]) -> QuerySet[Event]:
    """Each event with what `terms_of` needs, and `few_left`: a tenth of its places or five at most."""
    return events.annotate(**_places())


@cache
def _places() -> dict[str, Subquery]:
    """Built once: each query copies what it takes."""
    rules = JSONObject(
        audience="audience",
        opens_at="opens_at",
        closes_at="closes_at",
        minimum_notice_days="minimum_notice_days",
        has_waiting_list="has_waiting_list",
        is_full=_is_full(),
    )
    of_event = Category.objects.filter(event=OuterRef("pk")).order_by().values("event")
    few = Q(capacity__lte=F("taken") + 5) | Q(capacity__gte=10 * (F("capacity") - F("taken")))
    scarce = Counter.objects.filter(few, event=OuterRef("pk"), category=None, delegation=None)
    listed = of_event.annotate(rules=JsonRows(rules)).values("rules")
    return {"category_rules": Subquery(listed), "few_left": Exists(scarce)}


def terms_of(event: Event, now: dt.datetime | None = None) -> Terms:
    """How the registration of an event that came by `with_places` stands. No query: for lists."""
    return terms(event, _rules(event.category_rules), now or timezone.now())  # type: ignore[attr-defined] # annotated


def window_of(event: Event, now: dt.datetime | None = None) -> Window:
    """The state of registration of an event that came by `with_places`. No query: for lists."""
    return terms_of(event, now).window


def _rules(facts: list[dict[str, Any]] | None) -> list[Rules]:
    """The rules of categories as the database lists them."""
    return [
        Rules(**{**fact, **{name: _moment(fact[name]) for name in ("opens_at", "closes_at")}})
        for fact in facts or ()
    ]


def _rules_of(category: Category, *, is_full: bool) -> Rules:
    own = {field.name: getattr(category, field.name) for field in fields(Rules) if field.name != "is_full"}
    return Rules(**own, is_full=is_full)


def _moment(text: str | None) -> dt.datetime | None:
    """A moment as the databases write it in JSON: SQLite in UTC without saying so."""
    if text is None:
        return None
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def offers(event: Event, now: dt.datetime | None = None) -> list[Offer]:
    """Every category of the event in order, also those that the public form does not show. One query."""
    now = now or timezone.now()
    categories = event.categories.annotate(is_full=_is_full()).order_by("position", "pk")
    return [
        Offer(category, is_full=bool(category.is_full), by_date=category_window(event, category, now))
        for category in categories
    ]


def desk_offers(event: Event, *, approves: bool) -> list[DeskOffer]:
    """The event's categories for the desk; those that need approval only for who `approves`. One query."""
    mine = event.categories.annotate(no_place=_no_place()).order_by("position", "pk")
    return [
        DeskOffer(category, is_full=bool(category.no_place))
        for category in (mine if approves else mine.filter(needs_approval=False))
    ]


def offer_of(category: Category) -> Offer:
    """The same of one category, as it stands now. One query."""
    found = Category.objects.filter(pk=category.pk).annotate(is_full=_is_full())
    by_date = category_window(category.event, category, timezone.now())
    return Offer(category, is_full=bool(found.values_list("is_full", flat=True).get()), by_date=by_date)


def _is_full() -> Q:
    """For a query of categories: whether no place is left, or somebody waits for one."""
    return _no_place() | Exists(Registration.objects.filter(category=OuterRef("pk"), state=State.WAITING))


def _no_place() -> Exists:
    """For a query of categories: whether the category's own counter or its event's is full."""
    either = Q(category=OuterRef("pk")) | Q(event=OuterRef("event"), category__isnull=True)
    return Exists(Counter.objects.filter(either, delegation=None, capacity__lte=F("taken")))


def has_place(category: Category) -> bool:
    """Whether a place is free in the category, whoever waits for it. One query."""
    return Category.objects.filter(~_no_place(), pk=category.pk).exists()


def somebody_waits(category: Category) -> bool:
    """Whether anybody is on the category's waiting list. One query."""
    return Registration.objects.filter(category=category, state=State.WAITING).exists()


def in_line(category: Category) -> QuerySet[Registration]:
    """Who waits in the category, the next first, with event and category."""
    waiting = Registration.objects.filter(category=category, state=State.WAITING)
    return waiting.select_related("event", "category").order_by("waiting_since", "pk")


def next_in_line(event_id: int, *, without: Collection[int] = ()) -> Registration | None:
    """Who has waited longest in the event, but for the categories `without`. One query."""
    waiting = Registration.objects.filter(event=event_id, state=State.WAITING).exclude(category__in=without)
    return waiting.select_related("category").order_by("waiting_since", "pk").first()


def position_of(registration: Registration) -> int:
    """The place of somebody who waits in the line of the category, from 1. One query."""
    since = registration.waiting_since
    before = Q(waiting_since__lt=since) | Q(waiting_since=since, pk__lt=registration.pk)
    return in_line(registration.category).filter(before).count() + 1


def open_categories(event: Event) -> list[Category]:
    """The categories in which everybody can register now and a place is left, in order."""
    return [each.category for each in offers(event) if each.can_be_chosen and not each.is_full]


def registration_by_token(token: str) -> Registration | None:
    """The registration whose current personal link holds `token`, or None."""
    return link.REGISTRATION.row_in(_with_answers(), token)


def registration_by_id(pk: int) -> Registration:
    """The registration with all that a mail tells. Raises `Registration.DoesNotExist`."""
    return _with_answers().get(pk=pk)


def _with_answers() -> QuerySet[Registration]:
    return Registration.objects.select_related("event__family", "category", "country", "rppo", "nationality")


def open_registrations_of(event: Event, email: str) -> list[Registration]:
    """The registrations for the event with this address that have not ended, oldest first. One query."""
    mine = event.registrations.filter(email_folded=fold(email), state__in=LASTS)
    return list(mine.order_by("pk"))


def registration_by_reference(event: Event, reference: str) -> Registration | None:
    """The registration of this event with `reference`, or None."""
    return event.registrations.select_related("category").filter(reference=reference).first()


def refusal_of(registration: Registration) -> str:
    """The reason of the refusal, as `reasons` keeps it; "" without one. One query."""
    refusals = registration.history.filter(transition=Transition.REFUSE).values_list("reason", flat=True)
    return refusals.last() or ""


def counts_by_state() -> dict[str, int]:
    """How many registrations are in each state, all events together. One query."""
    counted = Registration.objects.order_by().values_list("state").annotate(Count("pk"))
    return dict.fromkeys(State.values, 0) | dict(counted)


def people_by_language(event: Event) -> dict[str, int]:
    """How many who come or may still come to the event read each language. One query."""
    held = event.registrations.filter(state__in=LASTS).order_by()
    return dict(held.values_list("language").annotate(Count("pk")))


def standing_of(event: Event) -> dict[str, int]:
    """How many have a place (`held`), wait (`pending`), were `asked` if they come, and do. One query."""
    return event.registrations.filter(state__in=HOLDS_PLACE).aggregate(
        held=Count("pk"),
        pending=Count("pk", filter=Q(state=State.PENDING)),
        asked=Count("pk", filter=Q(reconfirm_asked_at__isnull=False)),
        reconfirmed=Count("pk", filter=Q(reconfirmed_at__isnull=False)),
    )


def waiting_in(registrations: QuerySet[Registration]) -> QuerySet[Event]:
    """The events to come of these registrations, each with how many are `registered` and `waiting`."""
    held = Count("registrations", filter=Q(registrations__state__in=HOLDS_PLACE))
    pending = Count("registrations", filter=Q(registrations__state=State.PENDING))
    mine = Event.objects.filter(
        to_come(timezone.now().date()), pk__in=registrations.order_by().values("event")
    )
    return mine.annotate(registered=held, waiting=pending).order_by("start_date", "pk")
