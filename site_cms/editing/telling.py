"""Who hears of a review: colleagues that a page waits for them, its author what they decided.

Each mail is written into the outbox in the transaction of the act that it tells about; the worker renders it
(`mails`) in the language of the person's staff screens.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from wagtail.models import Page, TaskState
from wagtail.permissions import policy_registry

from events.outbox.services import queue

ASKED, APPROVED, REFUSED = "review-asked", "review-approved", "review-refused"
_MAY_BE_SILENT = {
    ASKED: "submitted_notifications",
    APPROVED: "approved_notifications",
    REFUSED: "rejected_notifications",
}
"""What each person chooses on the page of the own account, by the names that Wagtail gave the choices."""


def ask_colleagues(state: TaskState) -> None:
    """Write to everybody who may decide; must run in the transaction that submits."""
    for colleague in _colleagues(state.workflow_state.content_object, state.workflow_state.requested_by):
        _tell(ASKED, colleague, state)


def tell_author(state: TaskState, decided_by: AbstractBaseUser) -> None:
    """Write to who submitted the page, unless they decided themselves; in the transaction that decides."""
    author = state.workflow_state.requested_by
    if author is not None and author.pk != decided_by.pk:
        kind = APPROVED if state.status == TaskState.STATUS_APPROVED else REFUSED
        _tell(kind, author, state)


def _colleagues(page: Page, author: AbstractBaseUser | None) -> list[Any]:
    """The team and the moderators; administrators only where there is nobody else. Two queries at most."""
    may_decide = policy_registry.get(page).users_with_any_permission_for_instance(
        {"change"}, page, include_superusers=False
    )
    administrators = get_user_model().objects.filter(is_active=True, is_superuser=True)
    for people in (may_decide, administrators):
        others = [each for each in people.select_related("wagtail_userprofile") if each != author]
        if others:
            return sorted(others, key=lambda each: each.pk)
    return []


def _tell(kind: str, user: Any, state: TaskState) -> None:
    profile = getattr(user, "wagtail_userprofile", None)
    if not user.is_active or not getattr(profile, _MAY_BE_SILENT[kind], True):
        return
    language = getattr(profile, "preferred_language", "")
    event = event_of(state.workflow_state.content_object)
    queue(
        kind=kind,
        to=user.email,
        language=language if language in dict(settings.LANGUAGES) else "en",
        about={"review": state.pk},
        once=f"{kind}:{state.pk}:{user.pk}",
        event_id=event and event.pk,
    )


def event_of(page: Page) -> Any:
    """The event whose page this is, or whose page it stands below; None for others. One query."""
    faces = apps.get_model("site_cms", "EventPage").objects.ancestor_of(page, inclusive=True)
    face = faces.select_related("event").first()
    return face and face.event
