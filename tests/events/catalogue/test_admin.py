"""The staff screens of events and categories."""

import datetime as dt
import zoneinfo
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from events.access.roles import Role
from events.catalogue.admin.categories import CategoryViewSet
from events.catalogue.admin.events import EventViewSet
from events.catalogue.models import Category, Event
from events.registration.models import Counter
from tests.events.access.screens import posted, viewsets
from tests.events.access.two_events import make_user
from tests.factories import make_category, make_event, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make_event("SYMPOSIUM", capacity=10)


@pytest.fixture
def editor(event: Event, client: Client) -> Client:
    client.force_login(make_user("editor@example.org", (event, Role.EDITOR)))
    return client


def screen(kind: type) -> Any:
    return next(found for found in viewsets() if isinstance(found, kind))


def save(client: Client, kind: type, row: Any, **changes: Any) -> Any:
    data = posted(screen(kind), row) | changes
    return client.post(reverse(screen(kind).get_url_name("edit"), args=(row.pk,)), data)


def test_an_event_is_edited_with_its_places(event: Event, editor: Client) -> None:
    answer = save(editor, EventViewSet, event, title_en="New title", places="25")
    assert answer.status_code == 302, answer.context["form"].errors
    event.refresh_from_db()
    assert event.title.text("en") == "New title"
    assert Counter.objects.get(event=event, category=None).capacity == 25


def test_no_places_means_without_limit(event: Event, editor: Client) -> None:
    assert save(editor, EventViewSet, event, places="").status_code == 302
    assert Counter.objects.get(event=event, category=None).capacity is None


def test_fewer_places_than_taken_are_refused_in_words(event: Event, editor: Client) -> None:
    category = make_category(event, "P", capacity=10)
    for _ in range(2):
        make_registration(event, category)
    for kind, row in ((EventViewSet, event), (CategoryViewSet, category)):
        page = save(editor, kind, row, places="1")
        assert page.status_code == 200
        assert page.context["form"].errors["places"] == [
            "At least 2 places are taken already. Enter at least as many."
        ]
    assert set(Counter.objects.values_list("capacity", flat=True)) == {10}


def test_a_code_never_changes(event: Event, editor: Client) -> None:
    save(editor, EventViewSet, event, code="OTHER")
    event.refresh_from_db()
    assert event.code == "SYMPOSIUM"


def test_times_are_those_of_the_event_wherever_staff_sit(event: Event, editor: Client) -> None:
    profile = UserProfile.get_for_user(get_user_model().objects.get(email="editor@example.org"))
    profile.current_time_zone = "America/Lima"
    profile.save()
    page = editor.get(reverse("event:edit", args=(event.pk,)))
    shown = page.context["form"].initial["registration_closes_at"]
    assert shown == event.registration_closes_at.astimezone(event.tz).replace(tzinfo=None)
    answer = save(editor, EventViewSet, event, zone="Asia/Tokyo", registration_opens_at="2026-01-02 09:30")
    assert answer.status_code == 302, answer.context["form"].errors
    event.refresh_from_db()
    assert event.registration_opens_at == dt.datetime(
        2026, 1, 2, 9, 30, tzinfo=zoneinfo.ZoneInfo("Asia/Tokyo")
    )


def test_an_editor_adds_a_category_with_places(event: Event, editor: Client) -> None:
    answer = editor.post(
        reverse("category:add"),
        {
            "event": event.pk, "label_en": "Speaker", "letter": "S", "colour": "#155A8A", "position": "1",
            "places": "5", "needs_approval": "on", "audience": "invitation", "opens_at": "2026-03-01 09:00",
            "minimum_notice_days": "14", "has_waiting_list": "on", "offer_hours": "48",
            "delegation_places": "2",
        },
    )  # fmt: skip
    assert answer.status_code == 302, answer.context["form"].errors
    category = Category.objects.get(event=event)
    assert category.opens_at == dt.datetime(2026, 3, 1, 9, tzinfo=event.tz)
    assert (category.audience, category.minimum_notice_days) == ("invitation", 14)
    assert (category.has_waiting_list, category.offer_hours, category.delegation_places) == (True, 48, 2)
    assert category.closes_at is None
    assert (category.label.text("en"), category.needs_approval) == ("Speaker", True)
    assert Counter.objects.get(category=category).capacity == 5


def test_a_category_in_use_is_not_deleted(event: Event, editor: Client) -> None:
    category = make_category(event)
    make_registration(event, category)
    page = editor.post(reverse("category:delete", args=(category.pk,)), follow=True)
    assert page.status_code == 200
    assert "cannot be deleted while it is used by: registrations" in page.content.decode()
    assert Category.objects.filter(pk=category.pk).exists()


def test_only_superusers_and_permitted_groups_edit_the_catalogue(event: Event, editor: Client) -> None:
    for name in ("family", "country", "partystatus", "rppo", "publishedfigure", "membership", "accessrecord"):
        assert editor.get(reverse(f"{name}:index")).status_code == 302, name
    editor.force_login(make_user("root@example.org", superuser=True))
    for name in ("family", "country", "partystatus", "rppo", "publishedfigure", "membership", "accessrecord"):
        assert editor.get(reverse(f"{name}:index")).status_code == 200, name
