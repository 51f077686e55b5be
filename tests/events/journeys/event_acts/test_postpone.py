import datetime as dt
from zoneinfo import ZoneInfo

import icalendar  # noqa: TID253 - the test reads what was written
import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from events.access.roles import Role
from events.calendar.selectors import event_feed
from events.catalogue.models import Event, EventChange
from events.catalogue.selectors import Days, former_dates
from events.mails import RENDERERS
from events.outbox.models import Message
from events.registration.models import Registration
from events.registration.selectors import registration_window
from events.registration.services import reconfirm
from events.registration.windows import Window
from tests.events.access.two_events import make_user
from tests.events.journeys.event_acts.acting import address, crowd, do, field, january, post, with_people
from tests.factories import make_event, make_session

pytestmark = pytest.mark.django_db

MARCH = {"unknown": "", "start": "2050-03-28", "end": "2050-04-01", "window": "move"}


@pytest.fixture
def event():
    return january(
        registration_opens_at=dt.datetime(2049, 9, 1, 7, tzinfo=dt.UTC),
        registration_closes_at=dt.datetime(2049, 12, 31, 22, 59, tzinfo=dt.UTC),
    )


@pytest.fixture
def editor(client, event):
    client.force_login(make_user("editor@example.org", (event, Role.EDITOR)))
    return client


def vevents(event, language="en"):
    return icalendar.Calendar.from_ical(event_feed(event.code, language).body).walk("VEVENT")


def test_it_shows_first_what_it_will_do_and_changes_nothing(editor, event):
    with_people(event)
    make_session(event)
    page = post(editor, event, "postpone", "check", words_en="The hall is flooded.", **MARCH)
    assert page.status_code == 200
    assert page.context["effects"] == [
        "The event takes place on 28 March – 1 April 2050 instead of 10–14 January 2050.",
        "Registration opens on 17 November 2049, 09:00, Berlin (UTC+01:00).",
        "Registration closes on 18 March 2050, 23:59, Berlin (UTC+01:00).",
        "1 session moves by 77 days and keeps its hours.",
        "Registrations and tickets are kept. Everybody with a place is asked whether they still come.",
        "Pages show both dates at once; calendars move the event when they next look.",
    ]
    assert [(each.language, each.people) for each in page.context["mails"]] == [("en", 2), ("fr", 1)]
    assert page.context["people"] == 3
    assert page.context["mails"][0].mail.text.startswith(
        """The event has new dates

Dear [name],

The hall is flooded.

The event takes place on 28 March – 1 April 2050. It was planned for 10–14 January 2050 before.
"""
    )
    event.refresh_from_db()
    assert (event.start_date, event.sequence) == (dt.date(2050, 1, 10), 0)
    assert not EventChange.objects.exists()
    assert not Message.objects.exists()


def test_new_dates_reach_pages_feeds_sessions_and_people(editor, event):
    people = with_people(event)
    session = make_session(event, hour=9)
    answer = do(editor, event, "postpone", **MARCH)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("event:inspect", args=(event.pk,))
    event.refresh_from_db()
    session.refresh_from_db()
    assert (event.start_date, event.end_date) == (dt.date(2050, 3, 28), dt.date(2050, 4, 1))
    assert (event.state, event.zone, event.sequence) == (Event.State.ANNOUNCED, "Europe/Berlin", 1)
    assert event.registration_closes_at == dt.datetime(2050, 3, 18, 22, 59, tzinfo=dt.UTC)
    assert session.start.astimezone(event.tz) == dt.datetime(2050, 3, 28, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    assert session.start.hour == 7
    assert former_dates(event) == Days(dt.date(2050, 1, 10), dt.date(2050, 1, 14))
    days, first = vevents(event)
    assert (days["DTSTART"].dt, int(days["SEQUENCE"]), days["STATUS"]) == (event.start_date, 1, "CONFIRMED")
    assert (int(first["SEQUENCE"]), first["STATUS"]) == (2, "CONFIRMED")
    assert sorted(Message.objects.values_list("kind", "to", "language")) == sorted(
        ("event-postponed", person.email, person.language) for person in people
    )
    assert Registration.objects.filter(reconfirm_asked_at=None).count() == 0
    change = EventChange.objects.get()
    assert (change.act, change.people, change.user.email) == ("postpone", 3, "editor@example.org")
    assert (change.before["start_date"], change.after["start_date"]) == ("2050-01-10", "2050-03-28")


def test_new_dates_give_open_offers_their_full_time_again(editor, event):
    waiting, offered = with_people(event, ["en", "en"])
    past = timezone.now() - dt.timedelta(hours=1)
    Registration.objects.filter(pk=waiting.pk).update(state="waiting", waiting_since=past)
    Registration.objects.filter(pk=offered.pk).update(state="offered", offer_expires_at=past)
    do(editor, event, "postpone", **MARCH)
    offered.refresh_from_db()
    left = offered.offer_expires_at - timezone.now()
    assert dt.timedelta(hours=71) < left <= dt.timedelta(hours=72)
    told = {message.about["registration"]: message for message in Message.objects.all()}
    assert told.keys() == {waiting.pk, offered.pk}
    assert "You stay on the waiting list." in RENDERERS["event-postponed"](told[waiting.pk]).text


def test_without_dates_the_event_waits(editor, event):
    with_people(event)
    session = make_session(event)
    assert do(editor, event, "postpone", unknown="yes", window="move").status_code == 302
    event.refresh_from_db()
    before, session_start = session.start, session.start
    session.refresh_from_db()
    assert session.start == before == session_start
    assert (event.state, event.start_date) == (Event.State.POSTPONED, dt.date(2050, 1, 10))
    assert registration_window(event) is Window.POSTPONED
    assert former_dates(event) == Days(dt.date(2050, 1, 10), dt.date(2050, 1, 14))
    assert [(entry["STATUS"], int(entry["SEQUENCE"])) for entry in vevents(event)] == [
        ("TENTATIVE", 1),
        ("TENTATIVE", 1),
    ]
    assert str(vevents(event)[0]["SUMMARY"]) == "Postponed, new dates to be announced: Symposium 2050"
    assert not Registration.objects.exclude(reconfirm_asked_at=None).exists()
    assert Message.objects.count() == 3


def test_dates_found_later_announce_the_event_again(editor, event):
    with_people(event)
    do(editor, event, "postpone", unknown="yes", window="move")
    assert do(editor, event, "postpone", **MARCH).status_code == 302
    event.refresh_from_db()
    assert (event.state, event.sequence) == (Event.State.ANNOUNCED, 2)
    assert former_dates(event) == Days(dt.date(2050, 1, 10), dt.date(2050, 1, 14))
    assert Registration.objects.exclude(reconfirm_asked_at=None).count() == 3


def test_a_second_postponement_asks_again(editor, event):
    (person,) = with_people(event, ["en"])
    do(editor, event, "postpone", **MARCH)
    reconfirm(registration=person)
    do(editor, event, "postpone", **MARCH | {"start": "2050-05-03", "end": "2050-05-07"})
    person.refresh_from_db()
    assert person.reconfirmed_at is None
    assert former_dates(Event.objects.get()) == Days(dt.date(2050, 3, 28), dt.date(2050, 4, 1))


def test_the_same_post_twice_acts_once(editor, event):
    with_people(event)
    page = post(editor, event, "postpone", "check", **MARCH)
    last = {"key": field(page, "key"), "seen": field(page, "seen"), **MARCH}
    first = post(editor, event, "postpone", "do", **last)
    second = post(editor, event, "postpone", "do", **last)
    assert (first.status_code, second.status_code, first["Location"]) == (302, 302, second["Location"])
    assert (EventChange.objects.count(), Message.objects.count()) == (1, 3)
    other = post(editor, event, "postpone", "do", **last | {"start": "2050-03-27"})
    assert other.status_code == 200
    assert "What will happen" in other.content.decode()
    assert EventChange.objects.count() == 1


def test_nobody_acts_on_what_they_did_not_see(editor, event):
    page = post(editor, event, "postpone", "check", **MARCH)
    event.note = {"en": "Changed by a colleague"}
    event.save()
    last = {"key": field(page, "key"), "seen": field(page, "seen"), **MARCH}
    refused = post(editor, event, "postpone", "do", **last)
    assert refused.status_code == 422
    assert "The event was changed in the meantime." in refused.content.decode()
    assert not EventChange.objects.exists()


@pytest.mark.parametrize(
    "chosen, words",
    [
        ({"start": "2050-03-28", "end": "2050-03-27"}, "The last day is before the first day."),
        ({"start": "", "end": "2050-03-28"}, "Enter the new first day."),
        ({"start": "2020-03-29", "end": "2020-03-30"}, "The new first day has passed already."),
        ({"start": "2050-01-10", "end": "2050-01-14"}, "These are the dates that the event has already."),
        (
            {"window": "set", "opens_at": "2049-09-01 09:00", "closes_at": "2049-08-01 09:00"},
            "Registration closes before it opens.",
        ),
    ],
)
def test_dates_that_make_no_sense_are_refused_in_words(editor, event, chosen, words):
    page = post(editor, event, "postpone", "check", **MARCH | chosen)
    assert page.status_code == 422
    assert words in page.content.decode()


def test_registration_may_be_set_in_local_time(editor, event):
    chosen = {"window": "set", "opens_at": "2049-12-01 09:00", "closes_at": "2050-03-20 23:59"}
    do(editor, event, "postpone", **MARCH | chosen)
    event.refresh_from_db()
    assert event.registration_opens_at == dt.datetime(2049, 12, 1, 8, tzinfo=dt.UTC)
    assert event.registration_closes_at == dt.datetime(2050, 3, 20, 22, 59, tzinfo=dt.UTC)


def test_other_events_are_out_of_reach(editor, event, client):
    foreign = make_event("FOREIGN")
    for act in ("postpone", "cancel", "rename", "move", "duplicate"):
        assert editor.get(address(foreign, act)).status_code == 404
        assert post(editor, foreign, act, "do", **MARCH).status_code == 404
    client.force_login(make_user("viewer@example.org", (event, Role.VIEWER)))
    assert client.get(address(event, "postpone")).status_code == 404
    assert do(client, event, "postpone", **MARCH).status_code == 404
    page = client.get(reverse("event:inspect", args=(event.pk,)))
    assert page.status_code == 200
    assert page.context["acts"] == []
    assert not EventChange.objects.exists()


def test_only_people_with_a_place_are_written_to(editor, event):
    kept, gone = with_people(event, ["en", "en"])
    Registration.objects.filter(pk=gone.pk).update(state="withdrawn")
    do(editor, event, "postpone", **MARCH)
    assert list(Message.objects.values_list("to", flat=True)) == [kept.email]


def test_the_mail_says_all_in_words(editor, event):
    (person,) = with_people(event, ["en"])
    do(editor, event, "postpone", words_en="The hall is flooded.", **MARCH)
    message = Message.objects.get()
    assert set(message.about) == {"registration", "change"}
    with override("en"):
        mail = RENDERERS[message.kind](message)
    assert mail.subject == f"New dates: Symposium 2050 ({person.reference})"
    head, _action, rest = mail.text.partition("\nMy registration:\n")
    assert (
        head
        == f"""The event has new dates

Dear {person.name},

The hall is flooded.

The event takes place on 28 March – 1 April 2050. It was planned for 10–14 January 2050 before.

Your registration is kept. Please tell us on your page whether you still come.

Event: Symposium 2050
Former dates: 10–14 January 2050
Dates: 28 March – 1 April 2050
Place: Kuala Lumpur, Malaysia
How you take part: Category D
You represent: Example Laboratory
Reference: {person.reference}
"""
    )
    assert rest.split("\n", 1)[1].startswith("""
What happens next
- Open your page and choose “I still come”.
- If you cannot come, withdraw there, so that somebody else can have your place.
- Add the attached entry to your calendar: it takes the place of the former one.
""")
    (entry,) = icalendar.Calendar.from_ical(mail.attachments[0].content).walk("VEVENT")
    assert (entry["DTSTART"].dt, int(entry["SEQUENCE"])) == (dt.date(2050, 3, 28), 1)


@pytest.mark.parametrize("act", ["postpone", "cancel"])
def test_queries_do_not_grow_with_the_people_but_for_batches(client, django_assert_max_num_queries, act):
    counted = []
    for count in (3, 300):
        event = january(f"CROWD-{count}")
        crowd(event, count)
        client.force_login(make_user(f"editor{count}@example.org", (event, Role.EDITOR)))
        client.get(reverse("event:inspect", args=(event.pk,)))
        with django_assert_max_num_queries(10_000) as asked:
            assert do(client, event, act, **MARCH).status_code == 302
        batches = [query for query in asked if query["sql"].startswith("INSERT INTO")]
        counted.append(len(asked) - len(batches))
        assert Message.objects.filter(event=event, kind__startswith="event-").count() == count
        assert len(batches) <= 12 + count // 50 * 2
    assert counted[0] == counted[1] <= 50
