import icalendar  # noqa: TID253 - the test reads what was written
import pytest
from django.urls import reverse
from django.utils.translation import override

from events.access.roles import Role
from events.calendar.selectors import event_feed, personal_feed
from events.catalogue.models import Event, EventChange
from events.journeys import confirm
from events.mails import RENDERERS
from events.outbox.models import Message
from events.registration.models import Counter, Registration, StateChange
from events.registration.selectors import registration_window
from events.registration.services import register
from events.registration.states import State
from events.registration.windows import Window
from events.tickets.models import Ticket
from tests.events.access.two_events import make_user
from tests.events.journeys.event_acts.acting import do, january, post, with_people
from tests.factories import answers, make_category, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return january(capacity=10)


@pytest.fixture
def editor(client, event):
    client.force_login(make_user("editor@example.org", (event, Role.EDITOR)))
    return client


def test_everything_ends_with_its_audit_line_and_its_mail(editor, event):
    category = make_category(event, "D", capacity=5)
    waiting = make_category(event, "W", needs_approval=True)
    confirmed, pending = make_registration(event, category), make_registration(event, waiting)
    gone = make_registration(event, category)
    Registration.objects.filter(pk=gone.pk).update(state=State.WITHDRAWN)
    Counter.objects.filter(category=category).update(taken=1)
    Counter.objects.filter(event=event, category=None).update(taken=2)
    assert do(editor, event, "cancel", words_en="We are sorry.").status_code == 302
    event.refresh_from_db()
    assert (event.state, event.sequence) == (Event.State.CANCELLED, 1)
    assert registration_window(event) is Window.CANCELLED
    assert dict(Registration.objects.values_list("pk", "state")) == {
        confirmed.pk: State.CANCELLED,
        pending.pk: State.CANCELLED,
        gone.pk: State.WITHDRAWN,
    }
    lines = StateChange.objects.filter(transition="cancel").order_by("pk")
    assert [
        (line.registration_id, line.from_state, line.actor, line.user.email, line.reason) for line in lines
    ] == [
        (confirmed.pk, "confirmed", "staff", "editor@example.org", "The event was cancelled."),
        (pending.pk, "pending", "staff", "editor@example.org", "The event was cancelled."),
    ]
    assert set(Counter.objects.filter(event=event).values_list("taken", flat=True)) == {0}
    assert not Ticket.objects.filter(revoked_at=None, registration=confirmed).exists()
    assert sorted(Message.objects.values_list("kind", "to")) == sorted(
        ("event-cancelled", person.email) for person in (confirmed, pending)
    )
    assert EventChange.objects.get().people == 2
    (entry,) = icalendar.Calendar.from_ical(event_feed(event.code, "en").body).walk("VEVENT")
    assert (entry["STATUS"], int(entry["SEQUENCE"])) == ("CANCELLED", 1)
    confirmed.refresh_from_db()
    (mine,) = icalendar.Calendar.from_ical(personal_feed(confirmed)).walk("VEVENT")
    assert mine["STATUS"] == "CANCELLED"


def test_who_waits_is_cancelled_without_a_place_and_who_is_offered_one_with_it(editor, event):
    category = make_category(event, "D", capacity=2)
    people = [make_registration(event, category) for _number in range(2)]
    waiting = Registration.objects.filter(pk=people[0].pk)
    waiting.update(state=State.WAITING, waiting_since=event.created_at)
    Registration.objects.filter(pk=people[1].pk).update(
        state=State.OFFERED, offer_expires_at=event.created_at
    )
    Counter.objects.filter(event=event).update(taken=1)
    Ticket.objects.all().delete()
    assert do(editor, event, "cancel").status_code == 302
    assert set(Registration.objects.values_list("state", flat=True)) == {State.CANCELLED}
    assert [line.from_state for line in StateChange.objects.filter(transition="cancel").order_by("pk")] == [
        "waiting",
        "offered",
    ]
    assert set(Counter.objects.filter(event=event).values_list("taken", flat=True)) == {0}
    assert Message.objects.filter(kind="event-cancelled").count() == 2


def test_the_mail_says_so(editor, event):
    (person,) = with_people(event, ["en"])
    do(editor, event, "cancel")
    message = Message.objects.get()
    with override("en"):
        mail = RENDERERS[message.kind](message)
    assert mail.subject == f"Cancelled: Symposium 2050 ({person.reference})"
    assert mail.text.startswith(
        f"""The event is cancelled

Dear {person.name},

We are sorry: the event that was planned for 10–14 January 2050 does not take place.

Your registration has ended, and its ticket no longer opens the door.

If you have booked a journey or a hotel, please cancel it.

Event: Symposium 2050
"""
    )
    assert b"STATUS:CANCELLED" in mail.attachments[0].content


def test_nothing_can_be_done_with_a_cancelled_event_but_its_next_edition(editor, event):
    do(editor, event, "cancel")
    page = editor.get(reverse("event:inspect", args=(event.pk,)))
    assert [act.name for act, _url in page.context["acts"]] == ["duplicate"]
    refused = post(editor, event, "cancel", "check")
    assert refused.status_code == 422
    assert "This is not possible now: it was probably done already." in refused.content.decode()


def test_whoever_registers_at_that_moment_is_refused(event, monkeypatch):
    category = make_category(event)

    def cancelled_meanwhile(**kwargs):
        Event.objects.filter(pk=event.pk).update(state=Event.State.CANCELLED)
        return register(**kwargs)

    monkeypatch.setattr(confirm, "register", cancelled_meanwhile)
    with pytest.raises(confirm.ClosedError) as refused:
        confirm.confirm(
            event=event, category=category, answers=answers(), key="k", form_session="s", address="a"
        )
    assert refused.value.window is Window.CANCELLED
    assert not Registration.objects.exists()
    assert not Message.objects.exists()
    assert Counter.objects.get(category=category).taken == 0
