import pytest
from django.utils import timezone

from events.journeys.correct import correct
from events.outbox.models import Message
from events.outbox.services import queue
from events.registration import link
from events.registration.selectors import registration_by_token
from events.registration.telling import tell
from events.tickets.models import Ticket
from events.tickets.services import revoke_ticket
from tests.factories import make_event, make_registration

pytestmark = pytest.mark.django_db
RIGHT = {"email": "right@example.org"}


@pytest.fixture
def registration():
    registration = make_registration(make_event(), email="wrong@example.org")
    tell(registration)
    return registration


def queued():
    return list(Message.objects.order_by("once").values_list("kind", "to", "once", "state"))


@pytest.mark.parametrize("state", [Message.State.QUEUED, Message.State.DEAD])
def test_the_unsent_mail_goes_to_the_new_address_alone(registration, state):
    Message.objects.update(state=state)
    correct(registration=registration, changes=RIGHT)
    once = f"confirmation:{registration.pk}:1"
    assert queued() == [("confirmation", "right@example.org", once, "queued")]


def test_what_the_stranger_has_opens_nothing(registration):
    old_code, old_token = registration.ticket.code, link.REGISTRATION.token_for(registration.public_id, 0)
    Message.objects.update(state=Message.State.SENT)
    corrected = correct(registration=registration, changes=RIGHT)
    assert registration_by_token(old_token) is None
    assert registration_by_token(link.REGISTRATION.token_for(registration.public_id, 1)) == corrected
    ticket = Ticket.objects.get()
    assert ticket.code != old_code
    assert ticket.revoked_at is None
    assert [(to, state) for _kind, to, _once, state in queued()] == [
        ("wrong@example.org", "sent"),
        ("right@example.org", "queued"),
    ]


def test_news_of_the_event_that_waited_follows_and_others_keep_theirs(registration):
    other = make_registration(registration.event)
    for each in (registration, other):
        queue(
            kind="event-postponed", to=each.email, language="en", event_id=each.event_id,
            about={"registration": each.pk, "change": 1}, once=f"news:{each.pk}",
        )  # fmt: skip
    correct(registration=registration, changes=RIGHT)
    assert dict(Message.objects.values_list("once", "to")) == {
        f"confirmation:{registration.pk}:1": "right@example.org",
        f"news:{registration.pk}": "right@example.org",
        f"news:{other.pk}": other.email,
    }


def test_every_correction_of_the_address_mails_again(registration):
    for address in ("a@example.org", "b@example.org", "a@example.org"):
        correct(registration=registration, changes={"email": address})
        Message.objects.update(state=Message.State.SENT, sent_at=timezone.now())
    assert [to for _kind, to, _once, _state in queued()] == [
        "a@example.org",
        "b@example.org",
        "a@example.org",
    ]


def test_a_revoked_ticket_stays_revoked(registration):
    revoke_ticket(registration=registration)
    correct(registration=registration, changes=RIGHT)
    assert Ticket.objects.get().revoked_at is not None


def test_another_correction_leaves_link_ticket_and_mail(registration):
    code, before = registration.ticket.code, queued()
    corrected = correct(registration=registration, changes={"name": "Ana", "email": "wrong@example.org"})
    assert (corrected.name, corrected.link_version) == ("Ana", 0)
    assert (Ticket.objects.get().code, queued()) == (code, before)
