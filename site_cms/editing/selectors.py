"""What the dashboard tells: what opens and closes soon, what waits, what is not translated."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState, get_default_page_content_type

from events.access.policy import policy_of
from events.catalogue.models import Event
from events.outbox.models import Message
from events.proposals.models import Proposal

from ..models import EventPage
from ..translation.gaps import count
from ..translation.selectors import OTHERS, pages
from .policies import User
from .reach import page_policy

SOON = dt.timedelta(days=21)


@dataclass(frozen=True, slots=True)
class ComingMoment:
    """Registration of an event opens or closes soon."""

    event: Event
    opens: bool
    at: dt.datetime
    url: str


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page that waits for a review. `mine` when the user submitted it, so that somebody else decides."""

    title: str
    language: str
    by: str
    since: dt.datetime
    url: str
    mine: bool


def opening_and_closing(user: User, now: dt.datetime) -> list[ComingMoment]:
    """When registration opens or closes within three weeks, in the events the user sees; one query."""
    until = now + SOON
    soon = Q(registration_opens_at__range=(now, until)) | Q(registration_closes_at__range=(now, until))
    seen = policy_of(Event).instances_user_has_permission_for(user, "view")
    events = seen.filter(soon).exclude(state=Event.State.CANCELLED)
    return sorted(
        (each for event in events for each in _moments(event, now, until)), key=lambda each: each.at
    )


def _moments(event: Event, now: dt.datetime, until: dt.datetime) -> Iterable[ComingMoment]:
    url = reverse("event:edit", args=(event.pk,))
    for opens, at in ((True, event.registration_opens_at), (False, event.registration_closes_at)):
        if at and now <= at <= until:
            yield ComingMoment(event, opens, at.astimezone(event.tz), url)


def awaiting_review(user: User) -> list[WaitingPage]:
    """The pages in review that the user may edit, the longest waiting first; two queries and the rights."""
    states = list(
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__base_content_type=get_default_page_content_type(),
        )
        .select_related("workflow_state__requested_by")
        .order_by("started_at", "pk")
    )
    editable = page_policy().instances_user_has_permission_for(user, "change").select_related("locale")
    pages_by_key = editable.in_bulk([int(state.workflow_state.object_id) for state in states])
    known = [(state, pages_by_key.get(int(state.workflow_state.object_id))) for state in states]
    return [_waiting(state, page, user) for state, page in known if page is not None]


def _waiting(state: TaskState, page: Page, user: User) -> WaitingPage:
    asked = state.workflow_state.requested_by
    return WaitingPage(
        title=page.get_admin_display_title(),
        language=page.locale.language_code,
        by=str(asked or ""),
        since=state.started_at,
        url=reverse("wagtailadmin_pages:edit", args=(page.pk,)),
        mine=asked is not None and asked.pk == user.pk,
    )


def changes_asked_for(page: Page) -> str | None:
    """What a colleague asks to change before the page is approved; two queries at most."""
    review = page.current_workflow_state
    if review is None or review.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    decided = review.current_task_state
    words = (
        _("%(person)s asks for changes: %(comment)s")
        if decided.comment
        else _("%(person)s asks for changes.")
    )
    return words % {"person": decided.finished_by, "comment": decided.comment}


def untranslated_pages(user: User) -> dict[str, dict[str, int]]:
    """What the pages that the user may edit lack, by language; one query besides the rights."""
    return count((row.gaps for row in pages(user)), OTHERS)


def events_without_page(user: User) -> list[Event]:
    """The user's events to come that have no page in any language; one query."""
    edited = policy_of(Event).instances_user_has_permission_for(user, "change")
    return list(
        edited.filter(end_date__gte=timezone.now().date())
        .exclude(pk__in=EventPage.objects.values("event"))
        .order_by("start_date", "pk")
    )


def proposals_waiting(user: User) -> int:
    """How many proposed events wait for moderation by this user; one query."""
    reach = policy_of(Proposal).instances_user_has_permission_for(user, "change")
    return reach.filter(state=Proposal.State.WAITING).count()


def mails_given_up(user: User) -> int:
    """How many mails were given up, for those who run the site; no query for others."""
    if not getattr(user, "is_superuser", False):
        return 0
    return Message.objects.filter(state=Message.State.DEAD).count()
