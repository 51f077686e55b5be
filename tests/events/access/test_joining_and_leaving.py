"""Staff come by a mailed invitation and go by one switch."""

import datetime as dt
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.access.links import invitation_id_in, token_for
from events.access.mails import staff_invitation
from events.access.models import Invitation, Membership
from events.access.roles import Role
from events.checkin.services import device_create
from events.journeys import team
from events.outbox.models import Message
from tests.factories import make_event

from .two_events import PASSWORD, make_user

pytestmark = pytest.mark.django_db
NEW = {"first_name": "Amina", "last_name": "Diallo", "password": "grasshopper lantern teapot"}


@pytest.fixture
def root() -> Any:
    return make_user("root@example.org", superuser=True)


@pytest.fixture
def invitation(root: Any) -> Invitation:
    return team.invite(email="New@Example.org ", event=make_event("A"), role=Role.REGISTRAR, invited_by=root)


def address(invitation: Invitation) -> str:
    return reverse("staff_invitation", args=(token_for(invitation.pk),))


def test_the_mail_holds_the_link_and_no_secret_is_stored(invitation: Invitation) -> None:
    message = Message.objects.get(kind="staff-invitation")
    assert (message.to, message.about) == ("new@example.org", {"invitation": invitation.pk})
    letter = staff_invitation(message)
    assert f"http://127.0.0.1:8000{address(invitation)}" in letter.text
    assert "Registrar" in letter.text
    assert letter.subject == "Invitation to work on the IPPC Events site"


def test_looking_at_the_link_uses_nothing_up(invitation: Invitation, client: Client) -> None:
    for _ in range(2):
        page = client.get(address(invitation))
        assert page.status_code == 200
        assert "Create my account" in page.content.decode()
        assert page["Referrer-Policy"] == "no-referrer"
        assert "no-store" in page["Cache-Control"]
    client.head(address(invitation))
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert not get_user_model().objects.filter(email="new@example.org").exists()


def test_accepting_makes_the_account_and_the_role_once(invitation: Invitation, client: Client) -> None:
    assert client.post(address(invitation), NEW).status_code == 302
    user = get_user_model().objects.get(email="new@example.org")
    assert str(user) == "Amina Diallo"
    assert user.check_password(NEW["password"])
    assert not user.is_superuser
    assert [(m.event_id, m.role) for m in user.memberships.all()] == [(invitation.event_id, "registrar")]
    assert client.post(address(invitation), NEW).status_code == 410
    assert client.get(address(invitation)).status_code == 410


def test_a_browser_that_sends_a_null_origin_gets_in(invitation: Invitation) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(address(invitation), NEW, headers={"origin": "null"}).status_code == 302


def test_a_weak_password_is_refused_and_the_name_kept(invitation: Invitation, client: Client) -> None:
    page = client.post(address(invitation), NEW | {"password": "new@example.org"})
    assert page.status_code == 422
    assert 'value="Amina"' in page.content.decode()
    assert page.context["form"].errors["password"] == ["The password is too similar to the e-mail."]


def test_who_has_an_account_only_presses_the_button(invitation: Invitation, client: Client) -> None:
    user = make_user("new@example.org")
    assert "password" not in client.get(address(invitation)).content.decode()
    client.post(address(invitation))
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert user.memberships.get().role == "registrar"


def test_a_link_ends_after_a_week_by_withdrawing_and_by_another_invitation(
    invitation: Invitation, root: Any, client: Client
) -> None:
    assert invitation.expires_at - invitation.created_at == pytest.approx(
        dt.timedelta(days=7), abs=dt.timedelta(seconds=5)
    )
    again = team.invite(email="new@example.org", event=invitation.event, role=Role.DOOR, invited_by=root)
    assert client.get(address(invitation)).status_code == 410
    assert client.get(address(again)).status_code == 200
    Invitation.objects.filter(pk=again.pk).update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert client.post(address(again), NEW).status_code == 410


@pytest.mark.parametrize("token", ["1", "1.x", "x.y", "", "1.2.3", "\u0661.a"])
def test_a_forged_token_names_nothing(token: str) -> None:
    assert invitation_id_in(token) is None


def test_a_forged_link_shows_the_closed_page(client: Client) -> None:
    assert client.get(reverse("staff_invitation", args=("1.forged",))).status_code == 410


def test_leaving_ends_account_sessions_and_devices_and_keeps_the_record(root: Any, client: Client) -> None:
    event = make_event("A")
    user = make_user("leaver@example.org", (event, Role.DOOR))
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    device, _token = device_create(event=event, label="Phone", held_by=user)
    client.force_login(user)
    assert client.get("/admin/").status_code == 200

    boss = Client()
    boss.force_login(root)
    leave = reverse("staff_leave", args=(user.pk,))
    assert boss.get(leave).status_code == 200
    user.refresh_from_db()
    assert user.is_active
    assert boss.post(leave).status_code == 302

    user.refresh_from_db()
    device.refresh_from_db()
    assert (user.is_active, user.has_usable_password(), device.ended_at is None) == (False, False, False)
    assert Membership.objects.filter(user=user).count() == 1
    assert Authenticator.objects.filter(user=user).count() == 1
    assert client.get("/admin/").status_code == 302
    again = Client()
    again.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" not in again.session


def test_an_old_session_stays_dead_when_somebody_returns(root: Any, client: Client) -> None:
    old, new = make_event("OLD"), make_event("NEW")
    user = make_user("leaver@example.org", (old, Role.EDITOR))
    client.force_login(user)
    team.leave(user=user, closed_by=root)
    invitation = team.invite(email="leaver@example.org", event=new, role=Role.DOOR, invited_by=root)
    Client().post(address(invitation), NEW)
    user.refresh_from_db()
    assert user.is_active
    assert [m.event_id for m in user.memberships.all()] == [new.pk]
    assert client.get("/admin/").status_code == 302


def test_only_a_superuser_ends_an_account_and_not_their_own(root: Any) -> None:
    user = make_user("member@example.org", *((make_event(), role) for role in Role))
    member = Client()
    member.force_login(user)
    assert member.post(reverse("staff_leave", args=(root.pk,))).status_code == 302
    boss = Client()
    boss.force_login(root)
    boss.post(reverse("staff_leave", args=(root.pk,)))
    root.refresh_from_db()
    assert root.is_active


def test_wagtails_own_active_box_is_the_same_switch(root: Any, client: Client) -> None:
    user = make_user("leaver@example.org", (make_event(), Role.DOOR))
    client.force_login(user)
    boss = Client()
    boss.force_login(root)
    boss.post(
        reverse("wagtailusers_users:edit", args=(user.pk,)),
        {"email": user.email, "first_name": "A", "last_name": "B"},
    )
    user.refresh_from_db()
    assert (user.is_active, user.has_usable_password()) == (False, False)
    assert client.get("/admin/").status_code == 302


def test_a_person_is_never_deleted(root: Any) -> None:
    user = make_user("member@example.org")
    boss = Client()
    boss.force_login(root)
    boss.post(reverse("wagtailusers_users:delete", args=(user.pk,)))
    boss.post(reverse("wagtail_bulk_action", args=("site_cms", "user", "delete")) + f"?id={user.pk}")
    assert get_user_model().objects.filter(pk=user.pk).exists()


def test_a_superuser_who_left_returns_with_the_invited_role_alone(
    invitation: Invitation, root: Any, client: Client
) -> None:
    user = make_user("new@example.org", superuser=True)
    user.is_staff = True
    user.save()
    user.groups.add(Group.objects.create(name="Everything"))
    user.user_permissions.add(Permission.objects.order_by("pk")[0])
    team.leave(user=user, closed_by=root)
    assert client.post(address(invitation), NEW).status_code == 302
    user.refresh_from_db()
    assert (user.is_active, user.is_staff, user.is_superuser) == (True, False, False)
    assert not user.groups.exists()
    assert not user.user_permissions.exists()
    assert [membership.role for membership in user.memberships.all()] == ["registrar"]
