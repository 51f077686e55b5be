"""The letters to many: in the person's language, with placeholders filled, and inert whatever is typed."""

import datetime as dt
from email import message_from_bytes
from email.policy import default

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone, translation

from events.mailing.letters import language_of, sample
from events.mailing.models import Reminder
from events.mailing.standard_words import HOURS, standard
from events.mails import RENDERERS
from events.outbox.mime import stamp
from events.outbox.models import Message
from events.registration import link
from events.registration.beginnings import Draft
from events.registration.models import Registration
from events.registration.states import State
from tests.factories import make_event, make_registration

from .letters import SIX, make_mailing

pytestmark = pytest.mark.django_db
Kind = Reminder.Kind
HOSTILE = '<script>alert(1)</script> "quoted" \r\nBcc: x@example.org {link}'


@pytest.fixture
def event():
    return make_event(title={"en": "Symposium", "fr": "Colloque"})


def rendered(kind: str, language: str = "en", **about):
    message = Message(kind=kind, language=language, about=about)
    with translation.override(language):
        return RENDERERS[kind](message)


def of_mailing(mailing, registration, language="en"):
    return rendered("mailing", language, mailing=mailing.pk, registration=registration.pk)


def shown(mail) -> str:
    return BeautifulSoup(mail.html, "html.parser").get_text(" ", strip=True)


def test_placeholders_become_those_of_the_person(event) -> None:
    person = make_registration(event, name="Amina Otieno")
    mailing = make_mailing(
        event,
        subject={"en": "{event}: news for {name} ({reference}), 100 % sure"},
        words={"en": "Dear {name}\n\nYour page: {link}\nYour reference: {reference}"},
    )
    mail = of_mailing(mailing, person)
    address = link.personal_address(person.public_id, 0)
    assert mail.subject == f"Symposium: news for Amina Otieno ({person.reference}), 100 % sure"
    assert f"Your page: {address}\nYour reference: {person.reference}" in mail.text
    assert f"Your page: {address}<br>Your reference: {person.reference}" in mail.html
    assert "Dear Amina Otieno," in mail.text
    assert "{" not in shown(mail)


@pytest.mark.parametrize("language", SIX)
def test_each_language_has_its_own_text(event, language) -> None:
    mailing = make_mailing(event, subject=SIX, words={code: f"{text}." for code, text in SIX.items()})
    mail = of_mailing(mailing, make_registration(event), language)
    page = BeautifulSoup(mail.html, "html.parser")
    assert page.h1.get_text() == SIX[language]
    assert page.html["lang"] == language
    assert "lang" not in page.h1.attrs
    assert f"{SIX[language]}." in mail.text


def test_english_stands_in_for_a_whole_text_and_is_marked(event) -> None:
    mailing = make_mailing(event, subject={"en": "News: {event}", "fr": "Nouvelles : {event}"})
    mail = of_mailing(mailing, make_registration(event), "fr")
    page = BeautifulSoup(mail.html, "html.parser")
    assert (page.html["lang"], page.h1["lang"]) == ("fr", "en")
    assert page.h1.get_text() == mail.subject == "News: Symposium"
    assert language_of(mailing, "fr") == "en"
    assert [each["lang"] for each in page.find_all("p", lang=True)] == ["en"]


def test_what_a_person_is_called_stays_inert(event) -> None:
    person = make_registration(event)
    Registration.objects.filter(pk=person.pk).update(name=HOSTILE)
    mailing = make_mailing(event, subject={"en": "For {name}"}, words={"en": "For {name}: <b>bold</b>"})
    mail = of_mailing(mailing, person)
    page = BeautifulSoup(mail.html, "html.parser")
    assert not page.find_all(["script", "b"])
    assert " ".join(f"For {HOSTILE}: <b>bold</b>".split()) in " ".join(shown(mail).split())
    parsed = message_from_bytes(stamp(Message(to=person.email, language="en"), mail), policy=default)
    assert (parsed["Bcc"], parsed["To"]) == (None, person.email)
    assert parsed["Subject"] == " ".join(f"For {HOSTILE}".split())


def test_a_demonstration_says_so(event) -> None:
    event.is_demonstration = True
    event.save()
    mail = of_mailing(make_mailing(event), make_registration(event))
    assert mail.subject == "[Demonstration] News"
    assert "Demonstration, not a real event" in shown(mail)


# ---------------------------------------------------------------- reminders


def reminder(event, kind, **fields):
    return Reminder.objects.create(event=event, kind=kind, hours=HOURS[kind], **fields)


@pytest.mark.parametrize(
    "kind, state",
    [
        (Kind.NOMINATION, State.NOMINATED),
        (Kind.OFFER, State.OFFERED),
        (Kind.ANSWERS, State.CONFIRMED),
        (Kind.EVENT, State.CONFIRMED),
    ],
)
def test_a_reminder_has_our_words_and_the_way_to_the_page(event, kind, state) -> None:
    person = make_registration(event)
    ends = dt.datetime(2031, 3, 1, 12, tzinfo=dt.UTC)
    Registration.objects.filter(pk=person.pk).update(state=state, offer_expires_at=ends)
    mail = rendered("reminder", reminder=reminder(event, kind).pk, registration=person.pk)
    subject, words = standard(kind)
    assert mail.subject == subject.replace("{event}", "Symposium")
    for paragraph in words.split("\n\n"):
        assert paragraph in mail.text
    assert link.personal_address(person.public_id, 0) in mail.text
    assert ("1 March 2031, 20:00" in mail.text) is (kind == Kind.OFFER)


@pytest.mark.parametrize("changed", [{"state": State.WITHDRAWN}, "event"])
def test_a_reminder_that_is_overtaken_tells_how_it_stands(event, changed) -> None:
    person = make_registration(event)
    row = reminder(event, Kind.EVENT)
    if changed == "event":
        event.state = "postponed"
        event.save()
    else:
        Registration.objects.filter(pk=person.pk).update(**changed)
    mail = rendered("reminder", reminder=row.pk, registration=person.pk)
    assert "begins soon" not in mail.text
    assert mail.subject.startswith("Confirmed" if changed == "event" else "Withdrawn")


def test_the_staffs_words_go_before_ours_in_the_languages_that_they_wrote(event) -> None:
    person = make_registration(event)
    row = reminder(
        event,
        Kind.EVENT,
        subject={"fr": "À bientôt, {name}"},
        words={"fr": "Entrée nord.\n\nBadge : {reference}"},
    )
    french = rendered("reminder", "fr", reminder=row.pk, registration=person.pk)
    assert french.subject == f"À bientôt, {person.name}"
    assert f"Badge : {person.reference}" in french.text
    english = rendered("reminder", "en", reminder=row.pk, registration=person.pk)
    assert english.subject == "It begins soon: Symposium"


def test_an_unfinished_form_is_reminded_of_by_its_own_link(event) -> None:
    draft = Draft.objects.create(event=event, email="d@example.org", language="en")
    row = reminder(event, Kind.UNFINISHED)
    mail = rendered("reminder-unfinished", reminder=row.pk, draft=draft.pk)
    assert mail.subject == "Your registration is not finished: Symposium"
    assert link.draft_address(code=event.code, public_id=draft.public_id) in mail.text
    Draft.objects.filter(pk=draft.pk).update(finished_at=timezone.now())
    done = rendered("reminder-unfinished", reminder=row.pk, draft=draft.pk)
    assert done.subject == "Your form has been sent: Symposium"
    assert "/register/" not in done.text


@pytest.mark.parametrize("kind", Kind.values)
def test_a_sample_shows_no_real_link(event, kind) -> None:
    mail = sample(reminder(event, kind), "ar")
    assert "/ar/…/" in mail.text
    assert "{" not in mail.text
    assert 'dir="rtl"' in mail.html
