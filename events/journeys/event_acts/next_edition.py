"""The next edition of an event, made from this one: everything but people."""

import datetime as dt
import re
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from ...access.models import Membership
from ...access.roles import Role
from ...access.row_acts import RefusedError
from ...access.services import join_team, team_copy
from ...catalogue.dates import day_range
from ...catalogue.models import Category, Event, EventChange
from ...catalogue.services import add_categories, edition_make
from ...catalogue.texts import Texts
from ...catalogue.wall_time import moved
from ...checkin.services import doors_copy
from ...programme.models import Session
from ...programme.services import programme_copy
from ...questions.models import Question
from ...questions.services import sets_copy
from ...registration.models import Counter
from ...registration.services import set_capacity
from .faces import faces

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CATEGORY_FIELDS = (
    "letter",
    "colour",
    "label",
    "needs_approval",
    "audience",
    "minimum_notice_days",
    "has_waiting_list",
    "offer_hours",
    "delegation_places",
)
_WINDOW = ("opens_at", "closes_at")
"""Of a category, moved by as many days as the event."""
SAME_WEEKDAY_NEXT_YEAR = dt.timedelta(weeks=52)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What the next edition has of its own, and whether team and skeleton of sessions are taken over."""

    code: str
    title: Texts
    start: dt.date
    end: dt.date
    team: bool = True
    sessions: bool = True

    def days_after(self, source: Event) -> int:
        """How many days lie between the first days of both."""
        return (self.start - source.start_date).days


def year_after(text: str) -> str:
    """The text with each year in it raised by one."""
    return _YEAR.sub(lambda year: str(int(year[0]) + 1), text)


def refusal(source: Event, edition: Edition) -> str:
    """Why the edition cannot be made, in words for staff; "" when it can."""
    if Event.objects.filter(code__iexact=edition.code).exists():
        return _("There is an event with this code already.")
    return ""


def effects(source: Event, edition: Edition) -> list[str]:
    """What the new event is going to have."""
    sessions = source.sessions.exclude(state=Session.State.CANCELLED).count() if edition.sessions else 0
    team = Membership.objects.filter(event=source, user__is_active=True).count() if edition.team else 0
    questions = Question.objects.filter(question_set__event=source, is_retired=False).count()
    counted = (
        (source.categories.count(), _("Categories of participant with their places: %(count)d.")),
        (source.rooms.count() if edition.sessions else 0, _("Rooms: %(count)d.")),
        (sessions, _("Sessions, as an illustrative skeleton without speakers and abstracts: %(count)d.")),
        (source.checkpoints.count(), _("Checkpoints with their gates: %(count)d.")),
        (questions, _("Questions in their sets: %(count)d.")),
        (team, _("Roles in the team: %(count)d.")),
    )
    pages = faces().to_copy(source=source)
    return [
        _("A new event is made as a draft: %(title)s, %(days)s, with the code %(code)s.")
        % {
            "title": edition.title.text(),
            "days": day_range(edition.start, edition.end),
            "code": edition.code,
        },
        *(words % {"count": count} for count, words in counted if count),
        ngettext(
            "%(count)d page is made as a draft, with the text of this event’s page.",
            "%(count)d pages are made as drafts, with the texts of this event’s pages.",
            pages,
        )
        % {"count": pages},
        _("No person is copied: neither registrations nor speakers. Nobody is written to."),
        _("This event stays as it is."),
    ]


@transaction.atomic
def make(*, event: Event, plan: Edition, user: AbstractBaseUser, seen: str = "") -> EventChange:
    """Make the next edition of `event`; the line of history is the new event's. Raises `RefusedError`."""
    days = plan.days_after(event)
    try:
        new = edition_make(source=event, changes=_own(event, plan))
    except ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from None
    _copy_places(event, new, days)
    questions = sets_copy(source=event, event=new)
    sessions = programme_copy(source=event, event=new, days=days) if plan.sessions else {}
    doors = doors_copy(source=event, event=new, sessions=sessions)
    team = team_copy(source_id=event.pk, event_id=new.pk) if plan.team else 0
    if not getattr(user, "is_superuser", False):
        join_team(user=user, event_id=new.pk, role=Role.EDITOR)
    pages = faces().copy(source=event, event=new, user=user)
    made = {
        "code": new.code,
        "sessions": len(sessions),
        "question_sets": questions,
        "checkpoints": doors,
        "team": team,
        "pages": pages,
    }
    log(instance=new, action=f"events.{EventChange.Act.DUPLICATE}", user=user)
    return EventChange.objects.create(
        event=new, act=EventChange.Act.DUPLICATE, before={"code": event.code}, after=made, user_id=user.pk
    )


def _own(source: Event, plan: Edition) -> dict[str, object]:
    moments = {
        name: moment and moved(moment, source.tz, plan.days_after(source))
        for name in ("registration_opens_at", "registration_closes_at")
        for moment in (getattr(source, name),)
    }
    own = {"code": plan.code, "title": plan.title, "start_date": plan.start, "end_date": plan.end}
    return own | moments


def _copy_places(source: Event, event: Event, days: int) -> None:
    """The categories in their order, and every counter's capacity; nothing is taken."""
    old = list(source.categories.order_by("position", "pk"))
    fields = [_fields(category, source, days) for category in old]
    new = add_categories(event=event, categories=fields)
    twins: dict[int | None, Category | None] = {
        None: None,
        **{before.pk: after for before, after in zip(old, new, strict=True)},
    }
    for counter in Counter.objects.filter(event=source, delegation=None).order_by("pk"):
        set_capacity(event=event, category=twins[counter.category_id], capacity=counter.capacity)


def _fields(category: Category, source: Event, days: int) -> dict[str, object]:
    window = {
        name: moment and moved(moment, source.tz, days)
        for name in _WINDOW
        for moment in (getattr(category, name),)
    }
    return {name: getattr(category, name) for name in _CATEGORY_FIELDS} | window
