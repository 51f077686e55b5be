"""The staff screens of the door."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.access.roles import Role
from events.checkin.models import Gate, Scan
from events.checkin.services import device_create
from events.checkin.verdicts import Verdict
from tests.events.access.two_events import make_user
from tests.factories import make_event, make_gate, make_registration

pytestmark = pytest.mark.django_db


def test_a_registrar_ends_a_device_and_the_door_does_not(client: Client) -> None:
    event = make_event()
    device, _token = device_create(event=event, label="Phone")
    end = reverse("device:end", args=(device.pk,))
    client.force_login(make_user("door@example.org", (event, Role.DOOR)))
    assert client.post(end).status_code == 404
    client.force_login(make_user("registrar@example.org", (event, Role.REGISTRAR)))
    client.post(end)
    device.refresh_from_db()
    assert device.ended_at is not None


def test_a_scan_of_another_events_badge_names_nobody(client: Client) -> None:
    gate, stranger = make_gate(make_event()), make_registration(make_event())
    Scan.objects.create(
        gate=gate, registration=stranger, verdict=Verdict.NOT_CONFIRMED, scanned_at=timezone.now()
    )
    client.force_login(make_user("door@example.org", (gate.checkpoint.event, Role.DOOR)))
    page = client.get(reverse("scan:index")).content.decode()
    assert "This registration is not confirmed" in page
    assert stranger.reference not in page


def test_a_gate_is_added_and_stays_at_its_checkpoint(client: Client) -> None:
    event = make_event()
    first = make_gate(event)
    client.force_login(make_user("registrar@example.org", (event, Role.REGISTRAR)))
    client.post(reverse("gate:add"), {"checkpoint": first.checkpoint_id, "name": "South"})
    assert set(Gate.objects.values_list("name", "checkpoint")) == {
        ("Main entrance", first.checkpoint_id), ("South", first.checkpoint_id),
    }  # fmt: skip
