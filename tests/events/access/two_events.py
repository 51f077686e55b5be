"""Two events with a row of every kind each; every text of the second holds a canary."""

import uuid
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone
from wagtail.log_actions import log

from events.access.models import AccessRecord, Membership
from events.access.roles import Role
from events.catalogue.models import Event
from events.catalogue.texts import TextsField
from events.checkin.models import Admission, Checkpoint, Device, Gate, Scan
from events.checkin.verdicts import Verdict
from events.journeys import team
from events.mailing.models import Mailing, Reminder
from events.outbox.services import queue
from events.programme.models import Room, Session, Speaker
from events.questions.kinds import Kind
from events.registration.beginnings import Draft, PersonalInvitation
from events.registration.dossier import Answer, Funding, Note, Upload
from events.registration.models import Registration, StateChange
from events.registration.states import State, Transition
from events.reports.models import RecordedFigure
from tests.events.proposals.rows import make_proposal
from tests.factories import (
    make_category,
    make_contact_point,
    make_country,
    make_delegation,
    make_event,
    make_family,
    make_question,
    make_registration,
    make_set,
)

CANARY = "KANARIE"
PASSWORD = "correct horse battery staple"

Rows = dict[type[models.Model], models.Model]


def make_user(email: str, *roles: tuple[Event, Role], superuser: bool = False) -> Any:
    """A member of staff with these roles."""
    make = get_user_model().objects.create_superuser if superuser else get_user_model().objects.create_user
    user = make(email, PASSWORD)
    for event, role in roles:
        Membership.objects.create(event=event, user=user, role=role)
    return user


def rows_of(event: Event, host: Any, iso2: str = "KE") -> Rows:
    """A row of every kind that belongs to `event`; `iso2` is the country of its delegation."""
    category = make_category(event, needs_approval=False)
    delegation = make_delegation(event, make_contact_point(make_country(iso2, iso2)))
    registration = make_registration(event, category)
    Registration.objects.filter(pk=registration.pk).update(delegation=delegation, delegation_role="adviser")
    registration.refresh_from_db()
    delegation.letter.save("letter.pdf", ContentFile(b"%PDF"))
    made = [
        event,
        category,
        delegation,
        registration,
        registration.ticket,
        *_dossier(registration, host),
        *_beginnings(registration),
        *_programme(event),
        *_mails(registration, host),
        *_team(event, host),
        make_proposal(event.family),
    ]
    rows: Rows = {type(row): row for row in made}
    door = _door(registration, rows[Session], host)
    return rows | {type(row): row for row in door}


def _dossier(registration: Registration, host: Any) -> list[models.Model]:
    """What belongs to the person beside the registration's own fields."""
    question_set = make_set(registration.event)
    question = make_question(question_set, "visa", Kind.TEXT, visibility="registrars", choices=("a",))
    upload = Upload(question=question, registration=registration, name="passport.pdf", size=4)
    upload.content_type = "application/pdf"
    upload.file.save("passport.pdf", ContentFile(b"%PDF"), save=False)
    upload.save()
    return [
        question_set,
        question,
        question.choices.get(),
        upload,
        Answer.objects.create(
            registration=registration, question=question, value="A1", asked="?", words="A1", language="en"
        ),
        Note.objects.create(registration=registration, text="Note", user=host),
        Funding.objects.create(registration=registration, kind="airfare", source="Fund", criteria="Need"),
        StateChange.objects.create(
            registration=registration,
            transition=Transition.APPROVE,
            from_state=State.PENDING,
            to_state=State.CONFIRMED,
            actor=StateChange.Actor.STAFF,
            user=host,
            reason="Because",
        ),
    ]


def _beginnings(registration: Registration) -> list[models.Model]:
    """What there is before a registration."""
    event = registration.event
    invited = {"name": "Invited", "email": "invited@example.org", "email_folded": "invited@example.org"}
    return [
        PersonalInvitation.objects.create(event=event, category=registration.category, **invited),
        Draft.objects.create(
            event=event, email="draft@example.org", language="en", posted=[["name", "Begun"]]
        ),
    ]


def _programme(event: Event) -> list[models.Model]:
    room = Room.objects.create(event=event, name="Hall")
    start = timezone.now()
    session = Session.objects.create(
        event=event,
        title={"en": "Opening"},
        start=start,
        end=start + timezone.timedelta(hours=1),
        room=room,
    )
    speaker = Speaker.objects.create(event=event, name="Speaker")
    session.speakers.add(speaker)
    return [room, session, speaker]


def _door(registration: Registration, session: Any, host: Any) -> list[models.Model]:
    event, now = registration.event, timezone.now()
    checkpoint = Checkpoint.objects.create(event=event, name="Entrance", session=session)
    gate = Gate.objects.create(checkpoint=checkpoint, name="North")
    device = Device.objects.create(event=event, label="Phone", token_hash=uuid.uuid4().hex, held_by=host)
    scan = Scan.objects.create(
        gate=gate,
        registration=registration,
        verdict=Verdict.ADMITTED,
        device=device,
        scanned_at=now,
    )
    admission = Admission.objects.create(checkpoint=checkpoint, registration=registration, scan=scan, at=now)
    return [checkpoint, gate, device, scan, admission]


def _mails(registration: Registration, host: Any) -> list[models.Model]:
    event = registration.event
    words = {"subject": {"en": "Subject"}, "words": {"en": "Words"}}
    return [
        queue(
            kind="confirmation",
            to="d@example.org",
            language="en",
            about={},
            once=uuid.uuid4().hex,
            event_id=event.pk,
        ),
        Mailing.objects.create(event=event, created_by=host, **words),
        Reminder.objects.create(event=event, kind=Reminder.Kind.EVENT, hours=48, **words),
    ]


def _team(event: Event, host: Any) -> list[models.Model]:
    return [
        RecordedFigure.objects.create(
            event=event, family=event.family, year=2017, label=event.code, source="Report"
        ),
        Membership.objects.create(event=event, user=host, role=Role.VIEWER),
        team.invite(email="new@example.org", event=event, role=Role.VIEWER, invited_by=host),
        AccessRecord.objects.create(user=host, event=event, what="registrations"),
    ]


def put_canary(row: models.Model, canary: str = CANARY) -> None:
    """Write the canary in every text of the row that is free to hold it."""
    texts: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if isinstance(field, TextsField):
            texts[field.name] = {"en": f"{canary} {field.name}"}
        elif isinstance(field, models.EmailField):
            texts[field.name] = f"{canary}@example.org".lower()
        elif _free_text(field, canary):
            texts[field.name] = canary.lower() if field.name.endswith("_folded") else canary
    if isinstance(row, Answer):
        texts["value"] = canary
    if isinstance(row, Draft):
        texts["posted"] = [["name", canary], ["email", texts["email"]]]
    type(row)._default_manager.filter(pk=row.pk).update(**texts)
    row.refresh_from_db()


def _free_text(field: models.Field, canary: str) -> bool:
    fixed = {"zone", "colour", "letter", "currency", "consent_version", "file", "content_type"}
    is_text = isinstance(field, models.CharField | models.TextField)
    if not is_text or field.choices or field.primary_key or field.name in fixed:
        return False
    return (field.max_length or len(canary)) >= len(canary)


def two_events() -> tuple[Rows, Rows]:
    """The rows of an own event, and those of a foreign one with the canary in every text and log line."""
    host = make_user("host@example.org")
    own = rows_of(make_event("OWN", family=make_family("own")), host)
    foreign = rows_of(make_event("FOREIGN", family=make_family("foreign")), host, "MY")
    for row in foreign.values():
        put_canary(row)
        log(instance=row, action="wagtail.edit", user=host)
    return own, foreign
