"""The page of one person: what they told, what happened, who looked."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from wagtail.log_actions import registry

from ...access.object_pages import StaffInspectView
from ...access.policy import policy_of
from ...access.roles import Act
from ...access.selectors import looks_at
from ...mailing.selectors import mails_of
from ..answering import missing_answers
from ..beginnings import PersonalInvitation
from ..dossier import Funding
from ..finding import duplicates_of, elsewhere
from ..funding import funding_history
from ..models import Registration
from ..reasons import for_staff
from ..selectors import position_of
from ..states import State
from .sight import allows, answers_seen, sees_contacts, sees_question

LANGUAGE_NAMES = dict(settings.LANGUAGES)
EDITED = "wagtail.edit"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened."""

    at: dt.datetime
    what: str
    state: str
    who: str
    reason: str


def history_of(registration: Registration) -> list[Line]:
    """Changes of the state, corrections and decisions on funding, in the order of time. Three queries."""
    changes = [
        Line(
            at=change.at,
            what=change.get_transition_display(),
            state=" → ".join(str(State(each).label) for each in (change.from_state, change.to_state) if each),
            who=": ".join(str(each) for each in (change.get_actor_display(), change.user) if each),
            reason=for_staff(change.reason),
        )
        for change in registration.history.select_related("user")
    ]
    edits = registry.get_logs_for_instance(registration).filter(action=EDITED).select_related("user")
    corrections = [
        Line(entry.timestamp, str(entry.message), "", str(entry.user_display_name), "") for entry in edits
    ]
    funded = [_funded(entry) for entry in funding_history(registration)]
    return sorted([*changes, *corrections, *funded], key=lambda line: line.at)


def _funded(entry: Any) -> Line:
    kind = Funding.Kind(entry.data["kind"]).label
    why = " · ".join(part for part in (entry.data["source"], entry.data["criteria"]) if part)
    return Line(entry.timestamp, f"{entry.message}: {kind}", "", str(entry.user_display_name), why)


class RegistrationInspectView(StaffInspectView):
    """One person; what the user's role does not see is not read."""

    object: Registration

    def get_base_object_queryset(self) -> QuerySet[Registration]:
        """With what the page names."""
        return Registration.objects.select_related(
            "event", "category", "country", "rppo", "nationality", "delegation__country", "delegation__rppo",
            "delegation__contact_point", "funding__decided_by", "ticket",
        )  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The sections of the page."""
        user, person = self.request.user, self.object
        reach = policy_of(Registration).instances_user_has_permission_for(user, "view")
        contacts = sees_contacts(user, person.event_id)
        own = {
            "sees_contacts": contacts,
            "decides": allows(user, Act.CHANGE_REGISTRATIONS, person.event_id),
            "history": history_of(person),
            "looks": looks_at(person.event_id, person.reference),
            "ticket": getattr(person, "ticket", None),
            "funding": getattr(person, "funding", None),
            "spoken": ", ".join(str(LANGUAGE_NAMES.get(code, code)) for code in person.languages),
            "answers": self._answers(),
            "lacks_answers": missing_answers(Registration.objects.filter(pk=person.pk)).exists(),
            "notes": person.notes.select_related("user") if contacts else None,
            "mails": mails_of(person) if contacts else None,
            "duplicates": duplicates_of(person),
            "elsewhere": elsewhere(person, reach),
            "invitation": PersonalInvitation.objects.filter(registration=person).first(),
            "position": position_of(person) if person.state == State.WAITING else None,
        }
        return super().get_context_data(**own, **kwargs)

    def _answers(self) -> list[tuple[Any, list[Any]]]:
        """Each answer that the user sees, with the files that belong to it. Two queries."""
        files: dict[int, list[Any]] = {}
        for upload in self.object.uploads.select_related("question"):
            if sees_question(self.request.user, upload.question, self.object.event_id):
                files.setdefault(upload.question_id, []).append(upload)
        return [
            (answer, files.get(answer.question_id, []))
            for answer in answers_seen(self.request.user, self.object)
        ]
