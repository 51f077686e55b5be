import pytest

from events.journeys.decide import cancel
from events.journeys.withdraw import withdraw
from events.outbox.models import Message
from events.registration.models import Counter, StateChange
from events.registration.states import NotAllowedError, State
from events.tickets.models import Ticket
from site_cms.models import User
from tests.factories import make_category, make_event, make_registration

pytestmark = pytest.mark.django_db


def test_withdrawing_ends_ticket_and_place_and_queues_one_mail():
    event = make_event(capacity=1)
    registration = make_registration(event, make_category(event, capacity=1), language="es")
    for _attempt in range(2):
        assert withdraw(registration=registration).state == State.WITHDRAWN
    assert Ticket.objects.get().revoked_at is not None
    assert set(Counter.objects.values_list("taken", flat=True)) == {0}
    assert list(Message.objects.values_list("kind", "to", "language")) == [
        ("withdrawn", registration.email, "es")
    ]
    assert list(StateChange.objects.order_by("pk").values_list("transition", flat=True)) == [
        "submit",
        "withdraw",
    ]


def test_who_waits_for_approval_can_withdraw():
    event = make_event()
    registration = make_registration(event, make_category(event, needs_approval=True))
    assert withdraw(registration=registration).state == State.WITHDRAWN


def test_what_the_secretariat_cancelled_stays_cancelled():
    registration = make_registration(make_event())
    cancel(registration=registration, user=User.objects.create_user("staff@example.org"))
    with pytest.raises(NotAllowedError):
        withdraw(registration=registration)
    registration.refresh_from_db()
    assert registration.state == State.CANCELLED
    assert list(Message.objects.values_list("kind", flat=True)) == ["cancelled"]
