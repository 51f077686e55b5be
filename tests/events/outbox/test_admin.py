"""The staff screens of the outbox."""

import pytest
from django.test import Client
from django.urls import reverse

from events.access.models import AccessRecord
from events.access.roles import Role
from events.outbox.models import Message
from events.outbox.services import queue
from tests.events.access.two_events import make_user
from tests.factories import make_event

pytestmark = pytest.mark.django_db


def test_a_message_given_up_is_tried_again_by_who_may(client: Client) -> None:
    event = make_event()
    message = queue(kind="k", to="d@example.org", language="en", about={}, once="1", event_id=event.pk)
    Message.objects.update(state=Message.State.DEAD, attempts=9, last_error="550 no such user")
    again = reverse("message:requeue", args=(message.pk,))

    client.force_login(make_user("finance@example.org", (event, Role.FINANCE)))
    page = client.get(reverse("message:inspect", args=(message.pk,))).content.decode()
    assert "550 no such user" in page
    assert again not in page
    assert client.post(again).status_code == 404

    client.force_login(make_user("registrar@example.org", (event, Role.REGISTRAR)))
    assert again in client.get(reverse("message:inspect", args=(message.pk,))).content.decode()
    client.post(again)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == ("queued", 0, "")
    assert "not given up" in client.post(again, follow=True).content.decode()
    assert AccessRecord.objects.filter(what="messages", subject=str(message)).exists()


def test_messages_without_an_event_are_for_superusers(client: Client) -> None:
    message = queue(kind="account", to="staff@example.org", language="en", about={}, once="1")
    member = make_user("member@example.org", *((make_event(), role) for role in Role))
    client.force_login(member)
    assert "staff@example.org" not in client.get(reverse("message:index")).content.decode()
    assert client.get(reverse("message:inspect", args=(message.pk,))).status_code == 404
    client.force_login(make_user("root@example.org", superuser=True))
    assert "staff@example.org" in client.get(reverse("message:index")).content.decode()
