"""How a delegation stands: who is nominated, how many places are left, until when."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from ...catalogue.dates import long_moment, zone_label
from ...catalogue.models import Category, Event
from ...delegations.models import Delegation
from ...delegations.selectors import editions_before
from ...registration.answering import missing_answers
from ...registration.models import Registration
from ...registration.quotas import Quotas, quotas_of
from ...registration.states import HOLDS_PLACE, State
from ...registration.windows import Window, closing, event_window, notice_ends

Role = Registration.DelegationRole

_IN_ORDER = Case(
    *(
        When(delegation_role=role, then=Value(place))
        for place, role in enumerate((Role.HEAD, Role.ALTERNATE))
    ),
    default=Value(2),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A delegation at one moment. `closed` says in words why nobody can be nominated, "" while one can."""

    delegation: Delegation
    categories: list[Category]
    quotas: Quotas
    people: list[Registration]
    ended: list[Registration]
    closes_at: dt.datetime | None
    closed: str

    @property
    def event(self) -> Event:
        """Where the delegation goes."""
        return self.delegation.event

    @property
    def has_head(self) -> bool:
        """Whether a head of delegation has a place."""
        return any(person.delegation_role == Role.HEAD for person in self.people)

    @property
    def addresses(self) -> frozenset[str]:
        """The folded e-mail addresses of those with a place."""
        return frozenset(person.email_folded for person in self.people)

    @property
    def is_full(self) -> bool:
        """Whether no place is left in any category."""
        return all(quota.left is not None and quota.left <= 0 for quota in self.quotas.of_categories)

    def person(self, reference: str) -> Registration | None:
        """Who of the delegation has this reference."""
        return next((one for one in (*self.people, *self.ended) if one.reference == reference), None)


def standing_of(delegation: Delegation, now: dt.datetime | None = None) -> Standing:
    """The delegation as it stands at `now`. Three queries."""
    now = now or timezone.now()
    everybody = list(people_of(delegation))
    by_invitation = Category.Audience.INVITATION
    categories = list(delegation.event.categories.exclude(audience=by_invitation).order_by("position", "pk"))
    quotas = quotas_of(delegation, categories)
    # Not the Secretariat's categories and other ones in which a party has no place at all.
    given = [quota.category for quota in quotas.of_categories if quota.places != 0]
    moments = [closes for one in given if (closes := closes_at(delegation, one)) is not None]
    last = max(moments, default=None)
    offered = [one for one in given if _is_open(delegation, one, now)]
    return Standing(
        delegation=delegation,
        categories=offered,
        quotas=Quotas([quota for quota in quotas.of_categories if quota.category in given], quotas.left),
        people=[one for one in everybody if one.state in HOLDS_PLACE],
        ended=[one for one in everybody if one.state not in HOLDS_PLACE and one.state != State.WAITING],
        closes_at=last,
        closed=why_closed(delegation.event, last, now, is_offered=bool(offered)),
    )


def people_of(delegation: Delegation) -> QuerySet[Registration]:
    """Everybody ever nominated: the head first, then alternates, then advisers, by name."""
    mine = delegation.registrations.select_related("category", "replaced_by")
    return mine.order_by(_IN_ORDER, "name_folded", "pk")


def closes_at(delegation: Delegation, category: Category) -> dt.datetime | None:
    """When the delegation can nominate in the category no longer: the days of notice hold for all."""
    if delegation.closes_at is None:
        return closing(delegation.event, category)
    if not category.minimum_notice_days:
        return delegation.closes_at
    return min(delegation.closes_at, notice_ends(delegation.event, category))


def _is_open(delegation: Delegation, category: Category, now: dt.datetime) -> bool:
    closes = closes_at(delegation, category)
    return closes is None or now < closes


def why_closed(event: Event, last: dt.datetime | None, now: dt.datetime, *, is_offered: bool) -> str:
    """Why nobody can be nominated now, in words; "" while one can."""
    window = event_window(event, now)
    if event.state == Event.State.CANCELLED:
        return _("This event is cancelled.")
    if event.state == Event.State.POSTPONED:
        return _("This event is postponed. You can nominate again when the new dates are known.")
    if window is Window.CLOSED:
        return _("This event is over.")
    if event.state == Event.State.DRAFT:
        return _("Nominations are not open. Please look again later.")
    if not is_offered and last is not None and now >= last:
        return _("Nominations closed on %(moment)s.") % {"moment": moment_of(event, last)}
    return "" if is_offered else _("Nominations are not open. Please look again later.")


def moment_of(event: Event, moment: dt.datetime) -> str:
    """The moment in the event's zone, which it names."""
    return _(", ").join([long_moment(moment, event.tz), zone_label(event.tz, moment)])


def lacking_answers(standing: Standing) -> frozenset[int]:
    """Who of the delegation, by primary key, still owes an answer. Two queries."""
    mine = standing.delegation.registrations.filter(state__in=HOLDS_PLACE)
    return frozenset(missing_answers(mine).order_by().values_list("pk", flat=True))


def last_edition(delegation: Delegation) -> list[Registration]:
    """Whom the party nominated to the latest edition of the family to which it nominated anybody."""
    nominated = Registration.objects.filter(
        delegation__country=delegation.country_id,
        delegation__rppo=delegation.rppo_id,
        delegation__event__in=editions_before(delegation.event),
        state__in=HOLDS_PLACE,
    ).select_related("event", "category")
    last = nominated.order_by("-event__start_date", "-event__pk").first()
    return list(nominated.filter(event=last.event).order_by(_IN_ORDER, "name_folded", "pk")) if last else []
