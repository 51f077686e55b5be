"""Who is reminded, when, and once."""

import datetime as dt

import pytest
from django.utils import timezone

from events.catalogue.models import Event
from events.mailing import reminders
from events.mailing.models import Reminder
from events.mailing.reminders import due, make_reminders, remind, remind_all
from events.mailing.standard_words import HOURS
from events.outbox.models import Message
from events.registration.beginnings import Draft
from events.registration.models import Registration
from events.registration.states import State
from tests.factories import make_category, make_event, make_question, make_registration, make_set

pytestmark = pytest.mark.django_db
Kind = Reminder.Kind
NOW = timezone.now


def hours(number: float) -> dt.timedelta:
    return dt.timedelta(hours=number)


def beginning_in(days: int, **fields) -> Event:
    day = NOW().date() + dt.timedelta(days=days)
    return make_event(zone="UTC", start_date=day, end_date=day + dt.timedelta(days=2), **fields)


def reminder(event, kind, **fields) -> Reminder:
    return Reminder.objects.create(event=event, kind=kind, **{"hours": HOURS[kind]} | fields)


def person(event, *, state=State.CONFIRMED, ago=48.0, **fields) -> Registration:
    made = make_registration(event, fields.pop("category", None))
    Registration.objects.filter(pk=made.pk).update(state=state, created_at=NOW() - hours(ago), **fields)
    return made


def draft(event, *, ago=25.0, **fields) -> Draft:
    made = Draft.objects.create(event=event, **{"email": "d@example.org", "language": "ru"} | fields)
    Draft.objects.filter(pk=made.pk).update(updated_at=NOW() - hours(ago))
    return made


def found(row) -> list[int]:
    return list(due(row, NOW()).order_by("pk").values_list("pk", flat=True))


@pytest.fixture(autouse=True)
def only_ours() -> None:
    yield
    assert set(Message.objects.exclude(batch="").values_list("kind", flat=True)) <= {
        "reminder",
        "reminder-unfinished",
    }


def test_every_event_has_each_reminder_once(django_assert_num_queries) -> None:
    event = make_event()
    Reminder.objects.create(event=event, kind=Kind.EVENT, hours=5, is_on=False)
    make_reminders(events=[event])
    with django_assert_num_queries(1):
        make_reminders(events=[event])
    made = {row.kind: (row.hours, row.is_on) for row in Reminder.objects.all()}
    assert made == {
        "unfinished": (24, True),
        "nomination": (72, True),
        "offer": (24, True),
        "answers": (168, True),
        "event": (5, False),
    }


def test_an_unfinished_form() -> None:
    event = make_event()
    old = draft(event)
    draft(event, ago=23)
    draft(event, finished_at=NOW())
    draft(event, email=make_registration(event).email.upper())
    withdrawn = person(event, state=State.WITHDRAWN)
    came_back = draft(event, email=Registration.objects.get(pk=withdrawn.pk).email)
    draft(make_event())
    assert found(reminder(event, Kind.UNFINISHED)) == [old.pk, came_back.pk]


def test_an_unfinished_form_only_while_one_can_register() -> None:
    event = make_event()
    make_category(event)
    draft(event)
    row = reminder(event, Kind.UNFINISHED)
    Event.objects.filter(pk=event.pk).update(registration_closes_at=NOW() - hours(1))
    row.refresh_from_db()
    assert found(row) == []


def test_a_nomination_that_nobody_confirmed() -> None:
    event = make_event()
    old = person(event, state=State.NOMINATED, ago=73)
    person(event, state=State.NOMINATED, ago=71)
    person(event, ago=73)
    assert found(reminder(event, Kind.NOMINATION)) == [old.pk]


def test_an_offer_about_to_end() -> None:
    event = make_event()
    long, short = make_category(event, "L", offer_hours=72), make_category(event, "S", offer_hours=24)
    soon = person(event, category=long, state=State.OFFERED, offer_expires_at=NOW() + hours(23))
    person(event, category=long, state=State.OFFERED, offer_expires_at=NOW() + hours(25))
    person(event, category=long, state=State.OFFERED, offer_expires_at=NOW() - hours(1))
    person(event, category=short, state=State.OFFERED, offer_expires_at=NOW() + hours(23))
    person(event, category=long, offer_expires_at=NOW() + hours(23))
    assert found(reminder(event, Kind.OFFER)) == [soon.pk]


@pytest.mark.parametrize("days, is_due", [(0, False), (3, True), (4, False), (-1, False)])
def test_the_event_near(days, is_due) -> None:
    """Three days of 72 hours begin at midnight of the event's first day, so today is always within."""
    event = beginning_in(days)
    coming = person(event)
    person(event, state=State.PENDING)
    person(event, ago=1)
    row = reminder(event, Kind.EVENT)
    assert found(row) == ([coming.pk] if is_due else [])


def test_questions_not_answered() -> None:
    event = beginning_in(6)
    question = make_question(make_set(event, moment="approved"), "flight", is_required=True)
    silent, done = person(event), person(event)
    done.answers.create(question=question, value="x", asked="?", words="x", language="en")
    person(event, state=State.PENDING)
    row = reminder(event, Kind.ANSWERS)
    assert found(row) == [silent.pk]
    far = beginning_in(8)
    make_question(make_set(far, moment="approved"), "flight", is_required=True)
    person(far)
    assert found(reminder(far, Kind.ANSWERS)) == []


def test_each_is_reminded_once_in_their_language(monkeypatch) -> None:
    monkeypatch.setattr(reminders, "BATCH", 2)
    event = beginning_in(2)
    people = [person(event, language=code) for code in ("en", "fr", "ar", "ru", "es")]
    Message.objects.all().delete()
    row = reminder(event, Kind.EVENT)
    assert remind(reminder=row) == 5
    assert remind(reminder=row) == 0
    rows = Message.objects.order_by("about__registration")
    assert [(each.about, each.language, each.kind, each.batch) for each in rows] == [
        ({"reminder": row.pk, "registration": one.pk}, code, "reminder", f"reminder:{row.pk}")
        for one, code in zip(people, ("en", "fr", "ar", "ru", "es"), strict=True)
    ]


def test_new_dates_are_a_new_occasion() -> None:
    event = beginning_in(2)
    person(event)
    row = reminder(event, Kind.EVENT)
    assert remind(reminder=row) == 1
    Event.objects.filter(pk=event.pk).update(start_date=event.start_date + dt.timedelta(days=1))
    assert remind(reminder=Reminder.objects.get(pk=row.pk)) == 1


def test_a_saved_form_is_reminded_of_by_its_draft() -> None:
    event = make_event()
    make_category(event)
    saved = draft(event)
    row = reminder(event, Kind.UNFINISHED)
    assert remind(reminder=row) == 1
    message = Message.objects.get(kind="reminder-unfinished")
    assert (message.to, message.language) == ("d@example.org", "ru")
    assert message.about == {"reminder": row.pk, "draft": saved.pk}


@pytest.mark.parametrize("state", ["draft", "postponed", "cancelled"])
def test_nothing_for_an_event_that_does_not_take_place(state) -> None:
    event = beginning_in(2)
    person(event)
    Event.objects.filter(pk=event.pk).update(state=state)
    assert remind_all() == 0
    assert not Reminder.objects.exists()


def test_nothing_for_an_event_that_is_over() -> None:
    event = beginning_in(-10)
    person(event, state=State.NOMINATED, ago=100)
    assert remind_all() == 0


def test_what_is_switched_off_is_not_sent() -> None:
    event = beginning_in(2)
    person(event)
    make_reminders(events=[event])
    Reminder.objects.filter(kind=Kind.EVENT).update(is_on=False)
    assert remind_all() == 0
    Reminder.objects.filter(kind=Kind.EVENT).update(is_on=True)
    assert remind_all() == 1
    assert remind_all() == 0
