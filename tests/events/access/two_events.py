"""Two events with a row of every kind each; every text of the second holds a canary."""

import uuid
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone

from events.access.models import AccessRecord, Membership
from events.access.roles import Role
from events.catalogue.models import Event
from events.catalogue.texts import TextsField
from events.checkin.models import Admission, Checkpoint, Device, Gate, Scan
from events.checkin.verdicts import Verdict
from events.journeys import team
from events.outbox.services import queue
from events.programme.models import Room, Session, Speaker
from events.reports.models import RecordedFigure
from tests.factories import make_category, make_event, make_family, make_registration

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


def rows_of(event: Event, host: Any) -> Rows:
    """A row of every kind that belongs to `event`."""
    category = make_category(event, needs_approval=False)
    registration = make_registration(event, category)
    room = Room.objects.create(event=event, name="Hall")
    session = Session.objects.create(
        event=event,
        title={"en": "Opening"},
        start=timezone.now(),
        end=timezone.now() + timezone.timedelta(hours=1),
        room=room,
    )
    speaker = Speaker.objects.create(event=event, name="Speaker")
    session.speakers.add(speaker)
    checkpoint = Checkpoint.objects.create(event=event, name="Entrance", session=session)
    gate = Gate.objects.create(checkpoint=checkpoint, name="North")
    device = Device.objects.create(event=event, label="Phone", token_hash=uuid.uuid4().hex, held_by=host)
    scan = Scan.objects.create(
        gate=gate,
        registration=registration,
        verdict=Verdict.ADMITTED,
        device=device,
        scanned_at=timezone.now(),
    )
    message = queue(
        kind="confirmation",
        to="d@example.org",
        language="en",
        about={},
        once=uuid.uuid4().hex,
        event_id=event.pk,
    )
    made = [
        event,
        category,
        registration,
        registration.ticket,
        room,
        session,
        speaker,
        checkpoint,
        gate,
        device,
        scan,
        Admission.objects.create(
            checkpoint=checkpoint, registration=registration, scan=scan, at=timezone.now()
        ),
        message,
        RecordedFigure.objects.create(
            event=event, family=event.family, year=2017, label=event.code, source="Report"
        ),
        Membership.objects.create(event=event, user=host, role=Role.VIEWER),
        team.invite(email="new@example.org", event=event, role=Role.VIEWER, invited_by=host),
        AccessRecord.objects.create(user=host, event=event, what="registrations"),
    ]
    return {type(row): row for row in made}


def put_canary(row: models.Model) -> None:
    """Write the canary in every text of the row that is free to hold it."""
    texts: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if isinstance(field, TextsField):
            texts[field.name] = {"en": f"{CANARY} {field.name}"}
        elif isinstance(field, models.EmailField):
            texts[field.name] = f"{CANARY}@example.org".lower()
        elif _free_text(field):
            texts[field.name] = CANARY
    type(row)._default_manager.filter(pk=row.pk).update(**texts)
    row.refresh_from_db()


def _free_text(field: models.Field) -> bool:
    fixed = {"zone", "colour", "letter", "currency", "consent_version"}
    is_text = isinstance(field, models.CharField) and not field.choices and not field.primary_key
    return is_text and field.name not in fixed and (field.max_length or 0) >= len(CANARY)


def two_events() -> tuple[Rows, Rows]:
    """The rows of an own event, and those of a foreign one with the canary in every text."""
    host = make_user("host@example.org")
    own = rows_of(make_event("OWN", family=make_family("own")), host)
    foreign = rows_of(make_event("FOREIGN", family=make_family("own")), host)
    for row in foreign.values():
        put_canary(row)
    return own, foreign
