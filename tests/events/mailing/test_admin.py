"""The screens: written, chosen, looked at, sent to as many as were shown, stopped; nothing by GET."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import ModelLogEntry

from events.access.roles import Role
from events.mailing import services
from events.mailing.models import Mailing, Reminder
from events.outbox.models import Message
from tests.events.access.two_events import make_user
from tests.factories import make_category, make_country, make_event, make_registration

from .letters import SIX, begin, make_mailing, registrar

pytestmark = pytest.mark.django_db
State = Mailing.State
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
PAGES = ("inspect", "edit", "recipients", "preview", "send", "stop", "go_on", "delete")


@pytest.fixture
def event():
    return make_event()


@pytest.fixture
def desk(event, client):
    client.force_login(registrar(event))
    return client


def at(name, row, *arguments):
    kind = "reminder" if isinstance(row, Reminder) else "mailing"
    return reverse(f"{kind}:{name}", args=(row.pk, *arguments))


def texts(name, values):
    return {f"{name}_{code}": values.get(code, "") for code in SIX}


def written(event, subject=None, words=None):
    return {
        "event": event.pk,
        **texts("subject", subject or {"en": "The bus"}),
        **texts("words", words or {"en": "It leaves at nine."}),
    }


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def hidden(answer):
    boxes = soup(answer).main.find_all("input", type="hidden") if soup(answer).main else []
    return {box["name"]: box["value"] for box in boxes if box["name"] in {"people", "content"}}


def told(answer):
    return " ".join(soup(answer).get_text(" ", strip=True).split())


def test_a_mailing_from_the_first_word_to_the_outbox(event, desk) -> None:
    people = [make_registration(event) for _ in range(3)]
    Message.objects.all().delete()
    answer = desk.post(reverse("mailing:add"), written(event, SIX, {"en": "One\r\n\r\nTwo"}))
    mailing = Mailing.objects.get()
    assert answer.url == at("recipients", mailing)
    assert (mailing.subject, mailing.words) == (SIX, {"en": "One\n\nTwo"})
    assert (mailing.event_id, mailing.created_by.email) == (event.pk, "registrar@example.org")
    assert "3 people" in told(desk.get(answer.url))
    desk.post(answer.url, {"step": "keep", "states": ["confirmed"]})
    hub = desk.get(at("inspect", mailing))
    assert "Send to 3 people" in told(hub)
    assert "English stands in for: Français" in told(hub)
    asked = desk.get(at("send", mailing))
    assert "3 people get this mail" in told(asked)
    assert Mailing.objects.get().state == State.DRAFT
    sent = desk.post(at("send", mailing), hidden(asked), follow=True)
    assert "The mails to 3 people are on their way." in told(sent)
    assert Mailing.objects.get().state == State.SENDING
    services.hand_over_all()
    assert {row.to for row in Message.objects.all()} == {each.email for each in people}
    assert ModelLogEntry.objects.filter(action="events.send").count() == 1


def test_counting_keeps_nothing(event, desk) -> None:
    kenya = make_country()
    category = make_category(event)
    make_registration(event, category, country=kenya, representing="country", organization="")
    make_registration(event, category)
    mailing = make_mailing(event)
    page = desk.post(at("recipients", mailing), {"step": "count", "countries": [kenya.pk]})
    assert "1 person would get the mail with this choice. It is not kept yet." in told(page)
    box = soup(page).find("input", {"name": "countries", "value": str(kenya.pk)})
    assert box.has_attr("checked")
    assert Mailing.objects.get().recipients == {}


@pytest.mark.parametrize(
    "posted", [{"states": ["x"]}, {"categories": ["999999"]}, {"countries": ["x"]}, {"funding": ["x"]}]
)
def test_a_choice_that_is_not_offered_is_refused(event, desk, posted) -> None:
    mailing = make_mailing(event)
    assert desk.post(at("recipients", mailing), {"step": "keep", **posted}).status_code == 422
    assert Mailing.objects.get().recipients == {}


def test_a_category_of_another_event_is_refused(event, desk) -> None:
    foreign = make_category(make_event())
    page = desk.post(at("recipients", make_mailing(event)), {"step": "keep", "categories": [foreign.pk]})
    assert page.status_code == 422


def test_another_number_of_people_is_shown_and_asked_again(event, desk) -> None:
    make_registration(event)
    mailing = make_mailing(event)
    seen = hidden(desk.get(at("send", mailing)))
    make_registration(event)
    again = desk.post(at("send", mailing), seen)
    assert again.status_code == 409
    assert "has changed since you looked" in told(again)
    assert "2 people get this mail" in told(again)
    assert Mailing.objects.get().state == State.DRAFT
    assert desk.post(at("send", mailing), hidden(again)).status_code == 302
    assert Mailing.objects.get().people == 2


@pytest.mark.parametrize("people", ["", "-1", "x", "9" * 40, "٣"])
def test_a_forged_number_sends_nothing(event, desk, people) -> None:
    make_registration(event)
    mailing = make_mailing(event)
    assert desk.post(at("send", mailing), {"people": people, "content": "x"}).status_code == 409
    assert Mailing.objects.get().state == State.DRAFT


def test_looking_changes_nothing(event, desk) -> None:
    make_registration(event)
    Message.objects.all().delete()
    draft, sending = make_mailing(event), begin(make_mailing(event))
    for mailing in (draft, sending):
        for name in PAGES:
            assert desk.get(at(name, mailing)).status_code in {200, 302}
    assert [row.state for row in Mailing.objects.order_by("pk")] == [State.DRAFT, State.SENDING]
    assert not Message.objects.exists()


def test_what_is_sent_is_not_changed(event, desk) -> None:
    make_registration(event)
    mailing = begin(make_mailing(event))
    assert "can no longer be changed" in told(desk.get(at("edit", mailing), follow=True))
    page = desk.post(at("edit", mailing), written(event))
    assert "somebody has begun to send this mailing" in told(page)
    assert "can no longer be changed" in told(desk.post(at("recipients", mailing), follow=True))
    assert "can no longer be changed" in told(desk.post(at("send", mailing), follow=True))
    assert "can no longer be changed" in told(desk.post(at("delete", mailing), follow=True))
    kept = Mailing.objects.get()
    assert (kept.subject, kept.state) == ({"en": "News"}, State.SENDING)


def test_a_draft_is_changed_and_deleted(event, desk) -> None:
    mailing = make_mailing(event)
    answer = desk.post(at("edit", mailing), written(event))
    assert answer.url == at("inspect", mailing)
    assert Mailing.objects.get().subject == {"en": "The bus"}
    desk.post(at("delete", mailing))
    assert not Mailing.objects.exists()


def test_stop_and_go_on(event, desk) -> None:
    for _ in range(4):
        make_registration(event)
    Message.objects.all().delete()
    mailing = begin(make_mailing(event))
    services.hand_over_all()
    page = desk.get(at("inspect", mailing))
    assert page["Refresh"] == "10"
    assert "Waiting 4" in told(page)
    desk.post(at("stop", mailing))
    assert not Message.objects.exists()
    stopped = desk.get(at("inspect", mailing))
    assert "Stopped" in told(stopped)
    assert "Refresh" not in stopped
    assert "nothing to stop" in told(desk.post(at("stop", mailing), follow=True))
    desk.post(at("go_on", mailing))
    services.hand_over_all()
    assert Message.objects.count() == 4
    assert "is not stopped" in told(desk.post(at("go_on", mailing), follow=True))
    Message.objects.all().update(state=Message.State.SENT)
    done = desk.get(at("inspect", mailing))
    assert "All sent" in told(done)
    assert "Refresh" not in done


def test_the_page_of_a_mailing_costs_the_same_for_all(event, desk, django_assert_num_queries) -> None:
    mailing = make_mailing(event)
    desk.get(at("inspect", mailing))
    with django_assert_num_queries(INSPECT_QUERIES):
        desk.get(at("inspect", mailing))
    for _ in range(5):
        make_registration(event)
    with django_assert_num_queries(INSPECT_QUERIES):
        desk.get(at("inspect", mailing))


INSPECT_QUERIES = 13


@pytest.mark.parametrize("language", SIX)
def test_the_preview_is_the_letter(event, desk, language) -> None:
    mailing = make_mailing(event, subject=SIX, words=SIX)
    page = desk.get(at("preview", mailing), {"language": language})
    assert SIX[language] in told(page)
    assert "stands in" not in told(page)
    frame = soup(page).iframe
    assert frame.has_attr("sandbox")
    letter = desk.get(frame["src"])
    assert soup(letter).h1.get_text() == SIX[language]
    assert "sandbox" in letter["Content-Security-Policy"]
    assert "script" not in letter["Content-Security-Policy"]


def test_the_preview_says_when_english_stands_in(event, desk) -> None:
    page = desk.get(at("preview", make_mailing(event)), {"language": "ru"})
    assert "There is no text in Русский yet: English stands in for it." in told(page)


@pytest.mark.parametrize("language", ["de", "", "../en"])
def test_there_is_no_preview_in_another_language(event, desk, language) -> None:
    assert desk.get(at("preview", make_mailing(event)), {"language": language}).status_code == 404


@pytest.mark.parametrize(
    "field, text, words",
    [
        ("words", "Dear {nmae}", "English: {nmae}"),
        ("words", "Dear {name", "English: {"),
        ("subject", "Your page {link}", "English: {link}"),
    ],
)
def test_a_wrong_placeholder_is_named_and_the_text_kept(event, desk, field, text, words) -> None:
    page = desk.post(reverse("mailing:add"), written(event, **{field: {"en": text, "fr": "Bonjour"}}))
    assert f"Correct this: {words}" in told(page)
    assert text in page.content.decode()
    assert "Bonjour" in page.content.decode()
    assert not Mailing.objects.exists()


def test_nothing_but_the_words_is_taken_from_the_form(event, desk) -> None:
    forged = {"state": "queued", "people": "9", "recipients": "{}", "reached_pk": "9", "created_by": "1"}
    desk.post(reverse("mailing:add"), {**written(event), **forged})
    mailing = Mailing.objects.get()
    assert (mailing.state, mailing.people, mailing.reached_pk) == (State.DRAFT, 0, 0)
    desk.post(at("edit", mailing), {**written(make_event()), **forged})
    mailing.refresh_from_db()
    assert (mailing.state, mailing.people, mailing.event_id) == (State.DRAFT, 0, event.pk)


def test_english_is_needed(event, desk) -> None:
    page = desk.post(reverse("mailing:add"), written(event, subject={"fr": "Le bus"}))
    assert "Enter the English text." in told(page)
    page = desk.post(reverse("mailing:add"), written(event, subject={"en": "\u202e\u200b"}))
    assert "Enter the English text." in told(page)
    assert not Mailing.objects.exists()


def test_hostile_words_stay_words(event, desk) -> None:
    make_registration(event)
    page = desk.post(reverse("mailing:add"), written(event, {"en": HOSTILE}, {"en": f"{HOSTILE}\u202e\x00"}))
    mailing = Mailing.objects.get()
    assert page.status_code == 302
    assert mailing.words == {"en": HOSTILE}
    for url in (
        reverse("mailing:index"), at("inspect", mailing), at("recipients", mailing), at("edit", mailing),
        at("send", mailing), at("preview", mailing), at("letter", mailing, "en"),
    ):  # fmt: skip
        markup = desk.get(url).content.decode()
        assert "<script>alert(1)" not in markup, url
        assert "<img src=x" not in markup, url


def test_a_mailing_of_another_event_is_not_there(event, desk) -> None:
    foreign = make_mailing(make_event(), subject={"en": "KANARIE"})
    for name in PAGES:
        assert desk.get(at(name, foreign)).status_code == 404, name
        assert desk.post(at(name, foreign), {"step": "keep"}).status_code in {404, 405}, name
    assert desk.get(at("letter", foreign, "en")).status_code == 404
    assert "KANARIE" not in desk.get(reverse("mailing:index")).content.decode()
    assert desk.post(reverse("mailing:add"), written(foreign.event)).status_code == 200
    assert Mailing.objects.count() == 1


@pytest.mark.parametrize("role", [Role.EDITOR, Role.FINANCE, Role.DOOR, Role.VIEWER])
def test_only_registrars_write_to_many(event, client, role) -> None:
    client.force_login(make_user("other@example.org", (event, role)))
    mailing = make_mailing(event)
    row = Reminder.objects.create(event=event, kind="event", hours=72)
    for url in (
        reverse("mailing:index"), reverse("mailing:add"), reverse("reminder:index"), at("inspect", mailing),
        at("send", mailing), at("preview", mailing), at("letter", mailing, "en"), at("edit", row),
    ):  # fmt: skip
        answer = client.get(url)
        assert answer.status_code == 404 or answer.url == "/admin/", url


# ---------------------------------------------------------------- reminders


def test_reminders_are_made_when_they_are_first_looked_at(event, desk) -> None:
    foreign = make_event()
    page = told(desk.get(reverse("reminder:index")))
    assert "Event near" in page
    assert Reminder.objects.filter(event=event).count() == 5
    assert not Reminder.objects.filter(event=foreign).exists()


def test_a_reminder_is_switched_and_worded(event, desk) -> None:
    row = Reminder.objects.create(event=event, kind="event", hours=72)
    answer = desk.post(
        at("edit", row),
        {
            "hours": 48,
            **texts("subject", {"fr": "Bientôt {event}"}),
            **texts("words", {"fr": "Badge : {reference}"}),
        },
    )
    assert answer.url == at("inspect", row)
    row.refresh_from_db()
    assert (row.is_on, row.hours, row.subject, row.words) == (
        False, 48, {"fr": "Bientôt {event}"}, {"fr": "Badge : {reference}"},
    )  # fmt: skip
    assert "Is not sent" in told(desk.get(answer.url))
    assert "Badge :" in told(desk.get(at("letter", row, "fr")))
    assert "Have your ticket at hand" in told(desk.get(at("letter", row, "en")))


def test_nobody_without_a_registration_has_a_name_or_a_reference(event, desk) -> None:
    row = Reminder.objects.create(event=event, kind="unfinished", hours=24)
    page = desk.post(at("edit", row), {"hours": 24, **texts("words", {"en": "{name}: {link}"})})
    assert "Correct this: English: {name}" in told(page)


@pytest.mark.parametrize("hours", ["0", "-1", "99999", "x", ""])
def test_hours_are_bounded(event, desk, hours) -> None:
    row = Reminder.objects.create(event=event, kind="event", hours=72)
    assert desk.post(at("edit", row), {"hours": hours}).status_code == 200
    row.refresh_from_db()
    assert row.hours == 72
