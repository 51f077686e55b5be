"""Whether one can register now: the rules of an event and of its categories. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils import timezone

from ..catalogue.models import Category, Event


class Window(Enum):
    """Whether one can register for an event, or in one of its categories, now."""

    NOT_PLANNED = "not planned"
    NOT_YET = "not yet"
    OPEN = "open"
    WAITING_LIST = "waiting list"
    FULL = "full"
    BY_INVITATION = "by invitation"
    BY_NOMINATION = "by nomination"
    BY_EITHER = "by invitation or nomination"
    TOO_LATE = "too late"
    CLOSED = "closed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


_LETS_IN = frozenset({Window.OPEN, Window.WAITING_LIST})
_RESTRICTED = {
    Category.Audience.INVITATION: Window.BY_INVITATION,
    Category.Audience.NOMINATION: Window.BY_NOMINATION,
}
# What an event says of several categories: the most hopeful comes first.
_BY_HOPE = (Window.OPEN, Window.WAITING_LIST, Window.NOT_YET, Window.FULL)


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides whether one can register in a category. `is_full`: no place, or others wait for one."""

    audience: str
    opens_at: dt.datetime | None
    closes_at: dt.datetime | None
    minimum_notice_days: int
    has_waiting_list: bool
    is_full: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A category and how it stands. `is_full`: its places or the event's are taken, or people wait for one.

    `by_date` is the window without a look at the places.
    """

    category: Category
    is_full: bool
    by_date: Window = Window.OPEN

    @property
    def window(self) -> Window:
        """Whether one can register in it now."""
        return with_fullness(
            self.by_date, is_full=self.is_full, has_waiting_list=self.category.has_waiting_list
        )

    @property
    def is_public(self) -> bool:
        """Whether the public form shows it at all."""
        return self.category.audience == Category.Audience.OPEN

    @property
    def can_be_chosen(self) -> bool:
        """Whether somebody can register in it now, be it for the waiting list."""
        return self.is_public and self.window in _LETS_IN


class DeskOffer(Offer):
    """A category as the desk has it: whatever the dates, the audience and the line, while a place is free."""

    @property
    def window(self) -> Window:
        """Open or full."""
        return Window.FULL if self.is_full else Window.OPEN

    @property
    def is_public(self) -> bool:
        """Whoever stands at the desk is there already."""
        return True


@dataclass(frozen=True, slots=True)
class Terms:
    """How an event's registration stands; when it opens next and closes last, as far as that is known."""

    window: Window
    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None

    @property
    def lets_in(self) -> bool:
        """Whether the public form can be sent now, be it for the waiting list."""
        return self.window in _LETS_IN

    @property
    def is_restricted(self) -> bool:
        """Whether people are invited or nominated, and nobody else registers."""
        return self.window in {*_RESTRICTED.values(), Window.BY_EITHER}


def event_window(event: Event, now: dt.datetime) -> Window:
    """What the event's state alone says; `OPEN` when its categories and dates decide."""
    if event.state == Event.State.CANCELLED:
        return Window.CANCELLED
    if event.state == Event.State.POSTPONED:
        return Window.POSTPONED
    if event.state == Event.State.DRAFT or event.registration_opens_at is None:
        return Window.NOT_PLANNED
    return Window.CLOSED if event.is_over_at(now) else Window.OPEN


def category_window(event: Event, rules: Rules | Category, now: dt.datetime) -> Window:
    """Whether one can register in the category at `now`, whoever may and whether or not a place is left."""
    window = event_window(event, now)
    if window is not Window.OPEN:
        return window
    opens, closes = opening(event, rules), rules.closes_at or event.registration_closes_at
    if opens is None or now < opens:
        return Window.NOT_YET
    if closes is not None and now >= closes:
        return Window.CLOSED
    return Window.TOO_LATE if now >= notice_ends(event, rules) else Window.OPEN


def window_by_date(event: Event, now: dt.datetime | None = None) -> Window:
    """What the event's own state and dates say, whatever its categories have of their own."""
    dates = Rules(Category.Audience.OPEN, None, None, 0, has_waiting_list=False, is_full=False)
    return category_window(event, dates, now or timezone.now())


def opening(event: Event, rules: Rules | Category) -> dt.datetime | None:
    """When the category opens: its own moment, else the event's."""
    return rules.opens_at or event.registration_opens_at


def closing(event: Event, rules: Rules | Category) -> dt.datetime | None:
    """When the category closes, also for want of notice. None: with the event itself."""
    closes = rules.closes_at or event.registration_closes_at
    if not rules.minimum_notice_days:
        return closes
    ends = notice_ends(event, rules)
    return min(closes, ends) if closes else ends


def notice_ends(event: Event, rules: Rules | Category) -> dt.datetime:
    """The midnight in the event's zone after which fewer days are left than the category needs."""
    last = event.start_date - dt.timedelta(days=rules.minimum_notice_days)
    if not rules.minimum_notice_days:
        last = event.end_date
    return dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), tzinfo=event.tz)


def with_fullness(by_date: Window, *, is_full: bool, has_waiting_list: bool) -> Window:
    """The window with a look at the places: open, full, or open for the waiting list."""
    if by_date is not Window.OPEN or not is_full:
        return by_date
    return Window.WAITING_LIST if has_waiting_list else Window.FULL


def terms(event: Event, categories: Sequence[Rules], now: dt.datetime) -> Terms:
    """How the registration of an event with these categories stands at `now`."""
    stands = event_window(event, now)
    public = [rules for rules in categories if rules.audience == Category.Audience.OPEN]
    shown = public or list(categories)
    if not shown:
        return Terms(Window.FULL if stands is Window.OPEN else stands, event.registration_opens_at, None)
    windows = [_shown(event, rules, now) for rules in shown]
    opens = [moment for rules in shown if (moment := opening(event, rules)) and moment > now]
    closes = [closing(event, rules) for rules in shown]
    known = [moment for moment in closes if moment]
    return Terms(
        stands if stands is not Window.OPEN else _together(windows, is_public=bool(public)),
        min(opens, default=event.registration_opens_at),
        max(known) if len(known) == len(closes) else None,
    )


def _shown(event: Event, rules: Rules, now: dt.datetime) -> Window:
    by_date = category_window(event, rules, now)
    audience = Category.Audience(rules.audience)
    if audience in _RESTRICTED and by_date in {Window.OPEN, Window.NOT_YET}:
        return _RESTRICTED[audience]
    return with_fullness(by_date, is_full=rules.is_full, has_waiting_list=rules.has_waiting_list)


def _together(windows: Sequence[Window], *, is_public: bool) -> Window:
    if is_public:
        return next((window for window in _BY_HOPE if window in windows), Window.CLOSED)
    ways = {window for window in windows if window in _RESTRICTED.values()}
    if not ways:
        return Window.CLOSED
    return ways.pop() if len(ways) == 1 else Window.BY_EITHER
