import pytest

from events.journeys import decide
from events.outbox.models import Message
from events.registration.telling import tell
from events.tickets.models import Ticket
from site_cms.models import User
from tests.factories import make_category, make_event, make_registration

pytestmark = pytest.mark.django_db


def test_an_approval_that_came_first_leaves_no_valid_ticket(monkeypatch):
    event = make_event()
    registration = make_registration(event, make_category(event, needs_approval=True))
    staff = User.objects.create_user("staff@example.org")
    change_state = decide.change_state

    def after_the_approval(**act):
        """As if another transaction had held the registration until now."""
        monkeypatch.setattr(decide, "change_state", change_state)
        decide.approve(registration=registration, user=staff)
        return change_state(**act)

    monkeypatch.setattr(decide, "change_state", after_the_approval)
    decide.cancel(registration=registration, user=staff)
    assert Ticket.objects.get().revoked_at is not None


def test_what_was_rendered_before_a_decision_is_rendered_anew():
    registration = make_registration(make_event())
    tell(registration)
    Message.objects.update(mime=b"You are registered")
    decide.cancel(registration=registration, user=User.objects.create_user("staff@example.org"))
    assert set(Message.objects.values_list("kind", "mime")) == {("confirmation", None), ("cancelled", None)}
