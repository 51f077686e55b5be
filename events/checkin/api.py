"""The door over HTTP, for scanners: JSON, described by OpenAPI at /api/door/openapi.json."""

import datetime as dt
import uuid
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from ninja import Field, NinjaAPI, Schema, Status
from ninja.security import HttpBearer, SessionAuth
from pydantic import AwareDatetime

from ..access.roles import Act
from ..access.selectors import event_ids_for
from ..registration.models import Registration
from . import selectors
from .models import Device
from .result import ScanResult
from .services import ScanIdReusedError, scan
from .verdicts import Verdict

MAX_ID = 2**63 - 1


class DeviceToken(HttpBearer):
    """The token of a device, shown once when the device was made."""

    def authenticate(self, request: HttpRequest, token: str) -> Device | None:
        """The device, unless it was switched off."""
        return selectors.device_by_token(token)


class StaffSession(SessionAuth):
    """A signed-in member of staff; writes need Django's CSRF token in X-CSRFToken."""

    def __call__(self, request: HttpRequest) -> AbstractBaseUser | None:
        """Who is not signed in gets 401; only a session is asked for a CSRF token (403)."""
        return super().__call__(request) if request.user.is_authenticated else None


api = NinjaAPI(
    title="IPPC Events: the door",
    version="1",
    description="Scan badges at the gates of an event. Every scan carries a UUID made by the client: "
    "the same scan sent again gets the same answer.",
    urls_namespace="door_api",
    auth=[DeviceToken(), StaffSession()],
    docs_url=None,
)


class ScanIn(Schema):
    """One reading of a code at a gate."""

    scan_id: uuid.UUID = Field(description="Made by the client, once for each reading.")
    gate: int = Field(ge=1, le=MAX_ID, description="The number of the gate, from /gates.")
    code: str = Field(min_length=1, max_length=300, description="A badge's address or code, read or typed.")
    scanned_at: AwareDatetime = Field(description="By the client's clock, with its offset from UTC.")


class CategoryOut(Schema):
    """The category on the badge."""

    letter: str
    label: str
    colour: str


class PersonOut(Schema):
    """Who stands at the door."""

    name: str
    representing: str
    reference: str
    category: CategoryOut


class FirstOut(Schema):
    """When and at which gate the person was first admitted."""

    at: dt.datetime
    gate: str


class ScanOut(Schema):
    """The answer to a scan."""

    scan_id: uuid.UUID
    verdict: Verdict
    words: str = Field(description="The verdict in the language asked for (Accept-Language).")
    person: PersonOut | None
    first: FirstOut | None


class GateOut(Schema):
    """A gate where this device or person may scan."""

    id: int
    name: str
    checkpoint: str
    event: str = Field(description="The code of the event.")
    title: str


class Problem(Schema):
    """What was wrong: a sentence, or a list with the place of each error."""

    detail: str | list[Any]


PROBLEMS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 422: Problem}


@api.get("/gates", response={200: list[GateOut], 401: Problem}, summary="The gates within reach")
def gates(request: HttpRequest) -> list[GateOut]:
    """The gates of the device's event, or of the events where the person admits."""
    return [
        GateOut(
            id=gate.pk,
            name=gate.name,
            checkpoint=gate.checkpoint.name,
            event=gate.checkpoint.event.code,
            title=str(gate.checkpoint.event),
        )
        for gate in selectors.gates_of(_event_ids(request))
    ]


@api.post("/scan", response={200: ScanOut, **PROBLEMS}, summary="Scan a badge")
def scan_badge(request: HttpRequest, body: ScanIn) -> ScanOut | Status:
    """Admits once. Whatever the verdict, the answer is 200: the scan was kept."""
    gate = selectors.gate_in(body.gate, _event_ids(request))
    if gate is None:
        return Status(404, {"detail": "There is no such gate within your reach."})
    actor = request.auth  # type: ignore[attr-defined]
    try:
        result = scan(
            scan_id=body.scan_id,
            gate=gate,
            text=body.code,
            scanned_at=body.scanned_at,
            device=actor if isinstance(actor, Device) else None,
            user=None if isinstance(actor, Device) else actor,
        )
    except ScanIdReusedError:
        return Status(422, {"detail": "This scan_id stands for another scan: make one for each reading."})
    return _out(result)


def _event_ids(request: HttpRequest) -> list[int]:
    actor: Device | AbstractBaseUser = request.auth  # type: ignore[attr-defined]
    return [actor.event_id] if isinstance(actor, Device) else event_ids_for(actor, Act.ADMIT)


def _out(result: ScanResult) -> ScanOut:
    return ScanOut(
        scan_id=result.scan_id,
        verdict=result.verdict,
        words=str(result.verdict.label),
        person=_person(result.registration) if result.registration else None,
        first=FirstOut(at=result.first.at, gate=result.first.gate) if result.first else None,
    )


def _person(registration: Registration) -> PersonOut:
    category = registration.category
    return PersonOut(
        name=registration.name,
        representing=registration.representing_label,
        reference=registration.reference,
        category=CategoryOut(letter=category.letter, label=str(category), colour=category.colour),
    )
