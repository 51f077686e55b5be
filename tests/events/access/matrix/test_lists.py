"""Lists, searches, filters, files, acts on many rows: nothing of another event, nothing above one's role."""

from collections.abc import Iterator

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.admin.viewsets.model import ModelViewSet

from events.access.policy import scope_of
from events.access.roles import Role
from events.catalogue.models import Event
from events.registration.models import Registration
from tests.events.access.screens import viewsets
from tests.events.access.two_events import CANARY, make_user

from .knocking import Person
from .world import BIRD, CODE, MAIL, PHONE, World, client_of

pytestmark = pytest.mark.django_db

PERSON = f"{BIRD}.registration"
CONTACTS = (MAIL, PHONE)
LISTS = viewsets()


@pytest.fixture
def member(world: World, client: Client) -> Person:
    """With every role there is, in the own event."""
    client.force_login(make_user("member@example.org", *((world.own[Event], role) for role in Role)))
    return Person(client)


def address_of(viewset: ModelViewSet, name: str, *args: object) -> str:
    return reverse(viewset.get_url_name(name), args=args)


def lists_of(person: Person) -> list[ModelViewSet]:
    """The lists that open; that the others are closed, the matrix tells."""
    return [each for each in LISTS if person.knock("get", address_of(each, "index")).is_open]


def filters_of(viewset: ModelViewSet) -> set[str]:
    """The names of the list's filters."""
    own = getattr(viewset.filterset_class, "base_filters", None) or viewset.list_filter
    return set(own) if isinstance(own, list | tuple | dict) else set()


def rows_by_name(world: World) -> dict[str, models.Model]:
    """The foreign rows by what a filter would call them."""
    return {model._meta.model_name: row for model, row in world.foreign.items()}


def queries(viewset: ModelViewSet, world: World) -> Iterator[str]:
    """What can be asked of the list: files, a search for the canary, each filter with a foreign row."""
    # One letter is left out, for pages repeat what was searched for.
    yield from ("?export=csv", "?export=xlsx", f"?q={CANARY[:-1]}")
    rows = rows_by_name(world)
    yield from (f"?{name}={rows[name].pk}" for name in sorted(filters_of(viewset) & set(rows)))


def test_no_list_file_search_or_filter_shows_a_foreign_row(world: World, member: Person) -> None:
    leaks, tried = [], 0
    for viewset in lists_of(member):
        for query in queries(viewset, world):
            path = address_of(viewset, "index") + query
            leaks += [f"{path}: {word}" for word in member.knock("get", path).says((CANARY, CODE))]
            tried += ("=" in query and query[1] not in "eq") or "?event" in query
    assert leaks == []
    assert tried > 15


def test_the_canary_would_sing(world: World) -> None:
    root = Person(client_of("superuser", world))
    found = {
        viewset.url_namespace or viewset.name
        for viewset in LISTS
        if viewset.model in world.foreign
        and root.knock("get", address_of(viewset, "index")).says((CANARY, CODE))
    }
    assert len(found) > 20


def test_a_viewer_finds_no_address_in_any_list_search_or_file(world: World) -> None:
    viewer = Person(client_of(Role.VIEWER, world))
    told = []
    for viewset in lists_of(viewer):
        path = address_of(viewset, "index")
        for query in ("?export=csv", "?ordering=email", *(f"?q={word[:-1]}" for word in CONTACTS)):
            told += [f"{path}{query}: {word}" for word in viewer.knock("get", path + query).says(CONTACTS)]
        # Neither does what is found tell that a guess was right.
        found = [
            viewer.knock("get", f"{path}?q={word[:-1]}").says([PERSON]) for word in (*CONTACTS, "nobody")
        ]
        assert found[:-1] == found[-1:] * len(CONTACTS), path
    assert told == []


def test_who_sees_addresses_finds_people_by_them(world: World) -> None:
    finance = Person(client_of(Role.FINANCE, world))
    assert finance.knock("get", f"/admin/registration/?q={MAIL[:-1]}").says([PERSON])


def bulk_addresses(world: World) -> Iterator[tuple[type[models.Model], str]]:
    for model in world.foreign:
        label, name = model._meta.app_label, model._meta.model_name
        if label == "events":
            for action in bulk_action_registry.get_bulk_actions_for_model(label, name):
                yield model, reverse("wagtail_bulk_action", args=(label, name, action.action_type))


def test_acts_on_many_name_and_touch_no_foreign_row(world: World, member: Person) -> None:
    tried = 0
    for model, path in bulk_addresses(world):
        row = world.foreign[model]
        before = model._default_manager.values().get(pk=row.pk)
        for query in (f"?id={row.pk}", f"?id={row.pk}&id={world.own[model].pk}", "?id=all"):
            for method in ("get", "post"):
                answer = member.knock(method, path + query, {"listed": str(row.pk)})
                assert not answer.says((CANARY, CODE)), path
                assert answer.is_open is not None, path
        member.client.post(f"{path}?id={row.pk}", {"listed": row.pk})
        assert model._default_manager.values().get(pk=row.pk) == before
        tried += 1
    assert tried >= 6


@pytest.mark.parametrize("role", [role for role in Role if role != Role.REGISTRAR])
def test_acts_on_many_ask_nobody_else_and_name_nobody(world: World, role: Role) -> None:
    person = Person(client_of(role, world))
    for model, path in bulk_addresses(world):
        answer = person.knock("get", f"{path}?id={world.own[model].pk}")
        assert not answer.says((MAIL, PERSON)), path


def test_editing_sessions_tell_nothing_of_a_foreign_row(world: World, member: Person) -> None:
    for model, row in world.foreign.items():
        if scope_of(model):
            names = ("events", model._meta.model_name, row.pk, 1)
            path = reverse("wagtailadmin_editing_sessions:ping", args=names)
            assert member.knock("post", path).status == 404, model


def test_a_registration_is_found_by_no_hidden_answer(world: World) -> None:
    viewer = Person(client_of(Role.VIEWER, world))
    event = world.own[Event].pk
    question = world.own[Registration].answers.first().question_id
    for query in (f"?event={event}&answer={question}:{BIRD}.answer", f"?answer={question}:a"):
        assert not viewer.knock("get", f"/admin/registration/{query}").says([PERSON])
