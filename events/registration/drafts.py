"""Forms half filled in, to be gone on with by a mailed link."""

import datetime as dt
import hashlib
import uuid

from django.db import transaction
from django.utils import timezone

from ..access.signed_link import public_id_in
from ..catalogue.models import Event
from ..once.services import body_hash
from ..outbox.selectors import is_queued
from ..outbox.services import queue
from . import link
from .beginnings import Draft
from .steps import Pair

KEEP_DRAFTS = dt.timedelta(days=30)
"""After the last time that somebody saved it."""


@transaction.atomic
def save_draft(*, event: Event, email: str, language: str, posted: list[Pair], public_id: uuid.UUID) -> Draft:
    """Keep what was posted and mail the link to it; the same again changes nothing and mails nothing."""
    kept = {"email": email, "language": language, "posted": posted, "finished_at": None}
    draft, _made = Draft.objects.update_or_create(event=event, public_id=public_id, defaults=kept)
    once = f"draft:{draft.pk}:{body_hash({'posted': posted, 'email': email})[:32]}"
    if not is_queued(once):
        queue(
            kind="draft",
            to=email,
            language=language,
            about={"draft": draft.pk},
            once=once,
            event_id=event.pk,
        )
    return draft


def finish_draft(*, event: Event, public_id: uuid.UUID) -> None:
    """The form was sent: nobody is reminded of it, and what was typed is kept with the registration alone."""
    event.drafts.filter(public_id=public_id, finished_at=None).update(
        finished_at=timezone.now(), posted=[], updated_at=timezone.now()
    )


def forget_old_drafts() -> int:
    """Delete the forms that nobody saved again for thirty days; how many."""
    deleted, _by_model = Draft.objects.filter(updated_at__lt=timezone.now() - KEEP_DRAFTS).delete()
    return deleted


def draft_by_token(event: Event, token: str) -> Draft | None:
    """The draft of this event whose link holds `token`, finished or not, or None."""
    public_id = draft_id_in(token)
    return event.drafts.filter(public_id=public_id).first() if public_id else None


def draft_id_in(token: str) -> uuid.UUID | None:
    """The draft that the token proves, or None. No query."""
    public_id = public_id_in(token)
    return public_id if public_id and link.DRAFT.is_valid(token, public_id, 0) else None


def new_draft_id(*, key: str, form_session: str) -> uuid.UUID:
    """The draft of one form in one browser: saved twice, it is one."""
    return uuid.UUID(bytes=hashlib.sha256(f"draft:{form_session}:{key}".encode()).digest()[:16])
