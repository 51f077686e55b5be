"""Everything that is kept about a person, to download by the personal link."""

import json
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ..outbox.selectors import mails_about
from ..registration.answering import answers_of
from ..registration.models import Registration, StateChange
from ..registration.states import Transition
from .links import file
from .my_registration import by_token

_HIDDEN = frozenset({"id", "link_version", "name_folded", "email_folded"})
"""How we keep and find a row: not about the person."""


@require_safe
@by_token
def my_data(request: HttpRequest, registration: Registration) -> HttpResponse:
    """One JSON file: fields, answers, files, history, mails and readings of the ticket."""
    body = json.dumps(data_of(registration), ensure_ascii=False, indent=1, default=str)
    return file(body.encode(), "application/json", f"my-data-{registration.reference}.json")


def data_of(registration: Registration) -> dict[str, Any]:
    """All that is kept about the person in this registration; what colleagues note for each other is not."""
    return {
        "registration": _fields(registration),
        "answers": [
            {"question": each.asked, "answer": each.words, "language": each.language, "at": each.at}
            for each in answers_of(registration)
        ],
        "files": list(registration.uploads.values("name", "content_type", "size", "created_at")),
        "history": [_change(each) for each in registration.history.all()],
        "mails": [
            {"kind": each.kind, "to": each.to, "queued": each.created_at, "sent": each.sent_at}
            for each in mails_about(registration_id=registration.pk, event_id=registration.event_id)
        ],
        "readings of the ticket": list(
            registration.scans.order_by("scanned_at").values("gate__name", "verdict", "scanned_at")
        ),
    }


def _change(change: StateChange) -> dict[str, Any]:
    """One line of the history. A reason is told where it was mailed: of a refusal."""
    reason = {"reason": change.reason} if change.transition == Transition.REFUSE else {}
    return {"what": change.transition, "to": change.to_state, "by": change.actor, "at": change.at} | reason


def _fields(registration: Registration) -> dict[str, Any]:
    """The registration's own fields; rows of other tables, such as the country, by their names."""
    own = [field for field in registration._meta.concrete_fields if field.name not in _HIDDEN]  # noqa: SLF001
    return {field.name: _plain(getattr(registration, field.name)) for field in own}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Model) else value
