"""Mails about accounts take the way of all mail."""

from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.contrib.auth import get_user_model
from django.test import Client, RequestFactory

from events.outbox.delivery import deliver_due
from events.outbox.models import Message
from events.outbox.transport import StoredMail

pytestmark = pytest.mark.django_db


def test_a_link_to_a_new_password_goes_through_the_outbox(
    client: Client, mailoutbox: list[StoredMail]
) -> None:
    get_user_model().objects.create_user(email="staff@example.org", password="a long password")
    answer = client.post("/accounts/password/reset/", {"email": "staff@example.org"})
    assert answer.status_code == 302
    assert mailoutbox == []
    message = Message.objects.get()
    assert (message.kind, message.to, message.about) == ("account", "staff@example.org", {})
    deliver_due()
    (mail,) = mailoutbox
    text = message_from_bytes(mail.content, policy=default).get_body(("plain",)).get_content()
    assert "/accounts/password/reset/key/" in text


def test_a_stranger_cannot_make_the_site_write_to_an_address(client: Client) -> None:
    assert client.post("/accounts/password/reset/", {"email": "victim@example.org"}).status_code == 302
    assert not Message.objects.exists()


def test_rate_limits_count_the_client_behind_the_proxy(rf: RequestFactory, settings: Any) -> None:
    settings.TRUSTED_PROXIES = 2
    request = rf.get("/", REMOTE_ADDR="10.0.0.9", headers={"X-Forwarded-For": "203.0.113.5"})
    assert get_adapter().get_client_ip(request) == "203.0.113.5"


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    fields = {"email": "new@example.org", "password1": "a long password", "password2": "a long password"}
    client.post("/accounts/signup/", fields)
    assert not get_user_model().objects.exists()
