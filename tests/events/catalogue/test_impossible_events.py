"""An event that cannot be is refused beside the field, and nothing of it is kept."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from events.access.roles import Role
from events.catalogue.admin.events import EventViewSet
from events.catalogue.models import Event
from events.catalogue.services import event_change
from tests.events.access.screens import posted, viewsets
from tests.events.access.two_events import make_user
from tests.factories import make_event

pytestmark = pytest.mark.django_db

IMPOSSIBLE: dict[str, tuple[dict[str, str], str]] = {
    "ends before it begins": ({"start_date": "2050-01-14", "end_date": "2050-01-10"}, "end_date"),
    "no such day": ({"start_date": "2050-02-30"}, "start_date"),
    "no day": ({"end_date": "soon"}, "end_date"),
    "a zone of another planet": ({"zone": "Mars/Olympus"}, "zone"),
    "a path for a zone": ({"zone": "../../etc/passwd"}, "zone"),
    "no zone": ({"zone": ""}, "zone"),
    "a zone that ends in nothing": ({"zone": "Asia/Tokyo\x00"}, "zone"),
    "closes before it opens": (
        {"registration_opens_at": "2049-12-02 09:00", "registration_closes_at": "2049-12-01 09:00"},
        "registration_closes_at",
    ),
    "no such moment": ({"registration_opens_at": "2049-12-01 25:00"}, "registration_opens_at"),
    "a state of no event": ({"state": "over"}, "state"),
    "places beyond counting": ({"places": "99999999999999999999"}, "places"),
    "fewer places than none": ({"places": "-1"}, "places"),
    "a title too long": ({"title_en": "x" * 100_000}, "title"),
    "no title": ({"title_en": ""}, "title"),
}


@pytest.fixture
def event() -> Event:
    return make_event("SYMPOSIUM", capacity=10)


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_the_form_says_it_beside_the_field(event: Event, client: Client, case: str) -> None:
    changes, where = IMPOSSIBLE[case]
    client.force_login(make_user("editor@example.org", (event, Role.EDITOR)))
    screen: Any = next(found for found in viewsets() if isinstance(found, EventViewSet))
    data = posted(screen, event) | {"venue": "Kept words"} | changes
    response = client.post(reverse(screen.get_url_name("edit"), args=(event.pk,)), data)
    assert response.status_code == 200
    assert where in response.context["form"].errors
    assert "Kept words" in response.text
    event.refresh_from_db()
    assert (event.venue, event.zone) == ("", "Asia/Kuala_Lumpur")


@pytest.mark.parametrize(
    "changes",
    [
        {"end_date": dt.date(2000, 1, 1)},
        {"zone": "Mars/Olympus"},
        {"zone": "/etc/localtime"},
        {"state": "over"},
    ],
)
def test_the_service_refuses_it_too(event: Event, changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        event_change(event=event, changes=changes)


def test_the_database_refuses_days_in_the_wrong_order(event: Event) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(end_date=dt.date(2000, 1, 1))
