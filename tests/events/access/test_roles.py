"""Every role by every act, as the table of the house says; nothing by default."""

import pytest
from django.contrib.auth.models import AnonymousUser

from events.access.models import Membership
from events.access.roles import Act, Role
from events.access.selectors import event_ids_for, may
from tests.factories import make_event

from .two_events import make_user

TABLE = {
    #                            editor registrar finance door viewer
    Act.SEE_EVENT:               (True,  True,  True,  True,  True),
    Act.EDIT_EVENT:              (True,  False, False, False, False),
    Act.EDIT_PROGRAMME:          (True,  False, False, False, False),
    Act.EDIT_QUESTIONS:          (True,  True,  False, False, False),
    Act.SEE_REGISTRATIONS:       (False, True,  True,  False, True),
    Act.SEE_CONTACTS:            (False, True,  True,  False, False),
    Act.CHANGE_REGISTRATIONS:    (False, True,  False, False, False),
    Act.EXPORT_REGISTRATIONS:    (False, True,  False, False, False),
    Act.SEND_MAIL:               (False, True,  False, False, False),
    Act.SEE_MONEY:               (False, False, True,  False, False),
    Act.PRINT_BADGES:            (False, True,  False, False, False),
    Act.ADMIT:                   (False, True,  False, True,  False),
    Act.SEE_FIGURES:             (True,  True,  True,  True,  True),
}  # fmt: skip
ROLES = (Role.EDITOR, Role.REGISTRAR, Role.FINANCE, Role.DOOR, Role.VIEWER)


def test_the_table_names_every_act_and_role() -> None:
    assert set(TABLE) == set(Act)
    assert set(ROLES) == set(Role)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_a_role_allows_what_the_table_says_in_its_own_event_only(role: Role) -> None:
    own, foreign = make_event(), make_event()
    user = make_user("member@example.org", (own, role))
    for act, row in TABLE.items():
        allowed = row[ROLES.index(role)]
        assert may(user, act, own.pk) is allowed, act
        assert may(user, act, foreign.pk) is False, act
        assert event_ids_for(user, act) == ([own.pk] if allowed else []), act


@pytest.mark.django_db
def test_two_roles_add_up() -> None:
    event = make_event()
    user = make_user("both@example.org", (event, Role.DOOR), (event, Role.FINANCE))
    assert [act for act in Act if may(user, act, event.pk)] == [
        Act.SEE_EVENT, Act.SEE_REGISTRATIONS, Act.SEE_CONTACTS, Act.SEE_MONEY, Act.ADMIT, Act.SEE_FIGURES,
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_superuser_may_do_everything_everywhere() -> None:
    first, second = make_event(), make_event()
    root = make_user("root@example.org", superuser=True)
    for act in Act:
        assert may(root, act, first.pk)
        assert event_ids_for(root, act) == [first.pk, second.pk]


@pytest.mark.django_db
def test_who_has_left_or_is_nobody_may_do_nothing() -> None:
    event = make_event()
    left = make_user("left@example.org", (event, Role.EDITOR), superuser=True)
    left.is_active = False
    left.save()
    for act in Act:
        assert not may(left, act, event.pk)
        assert not may(AnonymousUser(), act, event.pk)
        assert event_ids_for(left, act) == event_ids_for(AnonymousUser(), act) == []


@pytest.mark.django_db
def test_a_team_opens_the_staff_screens_and_nothing_else_of_wagtail() -> None:
    event = make_event()
    member = make_user("member@example.org", (event, Role.VIEWER))
    assert member.get_all_permissions() == set()
    assert member.has_perm("wagtailadmin.access_admin")
    assert not member.has_perm("site_cms.change_user")
    stranger = make_user("stranger@example.org")
    assert not stranger.has_perm("wagtailadmin.access_admin")
    Membership.objects.all().delete()
    assert not type(member).objects.get(pk=member.pk).has_perm("wagtailadmin.access_admin")
