"""How staff sign in: one door, a second factor, and no lock for the whole venue."""

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import NoReverseMatch, reverse

from events.access.roles import Role
from events.outbox.models import Message
from tests.events.access.two_events import PASSWORD, make_user
from tests.factories import make_event

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"
VENUE = "192.0.2.7"


@pytest.fixture
def user() -> Any:
    return make_user("member@example.org", (make_event(), Role.REGISTRAR))


def sign_in(client: Client, email: str, password: str = PASSWORD, address: str = VENUE) -> bool:
    client.post(SIGN_IN, {"login": email, "password": password}, REMOTE_ADDR=address)
    return "_auth_user_id" in client.session


def test_wagtails_own_door_leads_to_ours(client: Client) -> None:
    assert (
        client.get("/admin/login/?next=/admin/event/").headers["Location"] == f"{SIGN_IN}?next=/admin/event/"
    )
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).headers["Location"] == SIGN_IN
    assert client.get("/admin/password_reset/").headers["Location"] == "/accounts/password/reset/"
    assert client.get("/admin/password_reset/confirm/MQ/x-y/").status_code == 404
    assert client.get("/admin/").headers["Location"] == f"{SIGN_IN}?next=/admin/"


def test_nobody_signs_up(client: Client) -> None:
    page = client.post(
        "/accounts/signup/", {"email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert page.status_code == 200
    assert not make_user("y@example.org").__class__.objects.filter(email="x@example.org").exists()


@pytest.mark.parametrize(
    "name", ["account_email", "account_set_password", "account_confirm_email", "account_request_login_code"]
)
def test_other_addresses_of_the_library_are_not_served(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_the_right_password_opens_the_staff_screens(user: Any, client: Client) -> None:
    assert sign_in(client, "MEMBER@example.org")
    assert client.get("/admin/").status_code == 200


def test_ten_failures_lock_the_account_at_that_address_and_nobody_else(user: Any, client: Client) -> None:
    colleague = make_user("colleague@example.org")
    for _ in range(10):
        assert not sign_in(client, user.email, "wrong")
    assert not sign_in(Client(), user.email)
    assert sign_in(Client(), colleague.email)
    assert sign_in(Client(), user.email, address="198.51.100.9")


def test_a_locked_account_is_told_so(user: Any, client: Client) -> None:
    for _ in range(10):
        page = client.post(SIGN_IN, {"login": user.email, "password": "wrong"}, REMOTE_ADDR=VENUE)
    assert page.status_code == 429


@pytest.mark.parametrize("path", ["/admin/", "/admin/registration/", "/door/", "/api/door/gates"])
def test_where_a_second_factor_is_required_staff_without_one_set_it_up_first(
    user: Any, client: Client, settings: Any, path: str
) -> None:
    client.force_login(user)
    settings.REQUIRE_SECOND_FACTOR = True
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/2fa/")
    TOTP.activate(user, generate_totp_secret())
    assert client.get(path).headers.get("Location") != "/accounts/2fa/"


def test_a_password_alone_opens_nothing_where_a_second_factor_is_set_up(user: Any, client: Client) -> None:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    assert not sign_in(client, user.email)
    assert client.get("/admin/").status_code == 302
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert client.get("/admin/").status_code == 200


def test_a_forgotten_password_is_mailed_through_the_outbox(user: Any, client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": user.email})
    assert Message.objects.get().to == user.email
    client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert Message.objects.filter(to=user.email).count() == 1


@pytest.mark.parametrize(
    "path",
    ["", "2fa/", "2fa/totp/activate/", "2fa/webauthn/add/", "password/change/", "logout/", "reauthenticate/"],
)
def test_pages_of_accounts_keep_the_strict_policy(user: Any, client: Client, path: str) -> None:
    assert sign_in(client, user.email)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get(f"/accounts/{path or 'password/reset/'}")
    assert page.status_code == 200
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy + ";"
    assert " style=" not in page.content.decode()


def test_the_staff_screens_get_what_wagtail_needs_and_no_more(user: Any, client: Client) -> None:
    client.force_login(user)
    policy = client.get("/admin/").headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "style-src 'self';" in policy + ";"
    assert "unsafe-eval" not in policy
