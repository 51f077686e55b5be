"""Staff screens open with a second factor only, where that is required."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.test import Client

pytestmark = pytest.mark.django_db
SCREENS = ("/admin/", "/admin/pages/", "/door/")


@pytest.fixture
def staff(client: Client, settings: Any) -> Any:
    settings.REQUIRE_SECOND_FACTOR = True
    user = get_user_model().objects.create_superuser(email="staff@example.org", password="a long password")
    client.force_login(user)
    return user


@pytest.mark.parametrize("address", SCREENS)
def test_staff_without_a_second_factor_are_sent_to_set_one_up(
    client: Client, staff: Any, address: str
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/")


@pytest.mark.parametrize("address", SCREENS)
def test_with_a_second_factor_screens_open(client: Client, staff: Any, address: str) -> None:
    Authenticator.objects.create(user=staff, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", SCREENS)
def test_screens_open_where_none_is_required(client: Client, staff: Any, settings: Any, address: str) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    assert client.get(address).status_code == 200


def test_the_screens_to_set_one_up_are_open(client: Client, staff: Any) -> None:
    answer = client.get("/accounts/2fa/")
    assert answer.status_code == 200


def test_public_pages_ask_nobody_who_they_are(client: Client, staff: Any) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, "Cookie" in answer.get("Vary", "")) == (200, False)
