"""No row of one's own event moves to another one, and none is added there."""

from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from wagtail.admin.viewsets.model import ModelViewSet

from events.access.policy import EventPolicy, scope_of
from events.access.roles import Role
from events.catalogue.models import Event
from tests.events.access.screens import posted, viewsets
from tests.events.access.two_events import make_user

from .world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(world: World, client: Client) -> Client:
    """Signed in with every role there is, in the own event."""
    client.force_login(make_user("member@example.org", *((world.own[Event], role) for role in Role)))
    return client


def scoped(never: str) -> list[ModelViewSet]:
    """The screens of rows of events where this action is possible."""
    return [
        each for each in viewsets() if isinstance(each.own_policy, EventPolicy) and never not in each.never
    ]


def test_no_own_row_moves_to_a_foreign_event(world: World, member: Client) -> None:
    links = [
        (viewset, field)
        for viewset in scoped("change")
        for field in viewset.model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and _is_of_an_event(world, field.related_model)
    ]
    assert len(links) > 8
    for viewset, field in links:
        row = world.own[viewset.model]
        data = posted(viewset, row) | {field.name: str(world.foreign[field.related_model].pk)}
        member.post(reverse(viewset.get_url_name("edit"), args=(row.pk,)), data)
        stored = viewset.model._default_manager.get(pk=row.pk)
        assert getattr(stored, field.attname) == getattr(row, field.attname), (viewset, field)


def test_no_row_is_added_to_a_foreign_event(world: World, member: Client) -> None:
    added = {"name": "Another", "label": "Another", "email": "x@example.org", "key": "another", "code": "z"}
    for viewset in scoped("add"):
        before = viewset.model._default_manager.count()
        data = posted(viewset, world.foreign[viewset.model]) | added
        answer = member.post(reverse(viewset.get_url_name("add")), data)
        assert answer.status_code in {200, 302, 422}, viewset
        assert viewset.model._default_manager.count() == before, viewset


def _is_of_an_event(world: World, model: Any) -> bool:
    """Whether the two events have rows of their own of this model."""
    return model in world.own and scope_of(model) is not None
