import json
import re

import pytest
from django.test import Client

from events.access.models import Taken
from events.catalogue.models import Category, Event
from events.journeys.substitute import substitute
from events.journeys.withdraw import withdraw
from events.outbox.models import Message
from events.questions.kinds import Kind
from events.questions.models import QuestionSet
from events.registration import link
from events.registration.answering import keep_answers
from events.registration.dossier import Answer
from events.registration.limits import WRITTEN_BY_PERSON
from events.registration.models import Registration, StateChange
from events.tickets.selectors import valid_code
from tests.events.registration.walking import errors_in, send
from tests.factories import (
    make_category,
    make_country,
    make_delegation,
    make_event,
    make_question,
    make_registration,
    make_set,
)

pytestmark = pytest.mark.django_db


def address(registration, page="", language="en"):
    token = link.REGISTRATION.token_for(registration.public_id, registration.link_version)
    return f"/{language}/r/{token}/{page}"


@pytest.fixture
def event():
    return make_event("SYMPOSIUM")


@pytest.fixture
def person(event):
    return make_registration(event, name="Nguyễn Ánh", email="anh@example.org", function="Inspector")


@pytest.fixture
def visitor():
    """As from a page without a referrer: no cookie, and a null origin."""
    return Client(enforce_csrf_checks=True, headers={"Origin": "null"})


def test_the_form_begins_with_what_was_told_and_keeps_the_changes(visitor, person):
    page = visitor.get(address(person, "change/"))
    for kept in ('value="Nguyễn Ánh"', 'value="anh@example.org"', 'value="Inspector"'):
        assert kept in page.text
    assert 'name="category"' not in page.text
    assert 'name="consent"' not in page.text
    answer = send(visitor, page, "", function="Director", gender="woman")
    assert (answer.status_code, answer["Location"]) == (303, address(person))
    person.refresh_from_db()
    assert (person.function, person.gender, person.name) == ("Director", "woman", "Nguyễn Ánh")
    assert not Message.objects.exists()
    assert StateChange.objects.count() == 1


def test_a_new_address_gets_link_and_ticket_anew_and_the_old_link_ends(visitor, person):
    code = valid_code(person)
    page = send(visitor, visitor.get(address(person, "change/")), "", email="new@example.org")
    assert (page.status_code, "<bdi>new@example.org</bdi>" in page.text) == (200, True)
    assert visitor.get(address(person)).status_code == 404
    person.refresh_from_db()
    assert visitor.get(address(person)).status_code == 200
    assert address(person) not in page.text
    assert valid_code(person) not in {"", code}
    assert list(Message.objects.values_list("kind", "to")) == [("confirmation", "new@example.org")]


def test_what_is_wrong_comes_back_with_everything_typed(visitor, person):
    page = send(visitor, visitor.get(address(person, "change/")), "", name="", function="Director")
    assert (page.status_code, "<title>Error: Change my answers" in page.text) == (422, True)
    assert errors_in(page) == [("id_name", "Enter your name.")]
    assert 'value="Director"' in page.text
    person.refresh_from_db()
    assert person.function == "Inspector"


def everything():
    """Every field of the model, with a value that somebody might wish to have."""
    fields = {field.attname for field in Registration._meta.concrete_fields} - {"languages"}
    return dict.fromkeys(fields, "1") | {
        "state": "confirmed",
        "category_id": "1",
        "delegation_role": "head",
        "price_minor": "0",
    }


NAMED = {"name", "name_folded", "email", "email_folded", "function", "languages", "language"}
FREE = NAMED | {"representing", "country", "rppo", "organization", "gender", "gender_described", "updated_at"}


@pytest.mark.parametrize("page", ["change/", "complete/", "substitute/"])
def test_no_form_changes_what_it_does_not_ask(visitor, person, page):
    person = substitute(registration=person, name="Other", email="o@example.org", language="en")
    if page != "complete/":
        Registration.objects.filter(pk=person.pk).update(state="confirmed")
    before = Registration.objects.filter(pk=person.pk).values().get()
    good = {"name": "Good", "email": "o@example.org", "representing": "other", "organization": "Lab",
            "gender": "woman", "language": "fr", "consent": "on"}  # fmt: skip
    assert visitor.post(address(person, page), everything() | good).status_code == 303
    after = Registration.objects.filter(pk=person.pk).values().get()
    own = {"change/": FREE, "complete/": FREE | {"state", "consent_at", "consent_version"}}
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= {*own.get(page, {"state", "updated_at"})}, changed
    assert "price_minor" not in changed
    assert not StateChange.objects.filter(actor="staff").exists()


@pytest.mark.parametrize("page", ["change/", "complete/", "substitute/", "questions/1/"])
def test_after_the_end_nothing_is_asked_or_taken(visitor, person, page):
    make_question(make_set(person.event), "diet")
    withdraw(registration=person)
    before = Registration.objects.values().get()
    for answer in (visitor.get(address(person, page)), visitor.post(address(person, page), everything())):
        assert answer.status_code in {302, 303, 404}
    assert Registration.objects.values().get() == before
    assert not Answer.objects.exists()


def test_after_the_event_answers_are_a_record(visitor, person):
    Event.objects.update(start_date="2020-01-01", end_date="2020-01-02")
    assert visitor.get(address(person, "change/")).status_code == 302
    assert ">Change<" not in visitor.get(address(person)).text


def test_a_member_of_a_delegation_keeps_its_party(visitor, event, person):
    make_country("FR", "France")
    Registration.objects.update(delegation=make_delegation(event))
    page = visitor.get(address(person, "change/"))
    assert 'name="representing"' not in page.text
    posted = {"name": "A", "email": person.email, "gender": "woman", "language": "en"}
    assert (
        visitor.post(
            address(person, "change/"), posted | {"representing": "country", "country": "FR"}
        ).status_code
        == 303
    )
    person.refresh_from_db()
    assert (person.name, person.representing, person.country) == ("A", "other", None)


# Questions


@pytest.fixture
def later(event):
    """Asked once the place is confirmed: one must be answered, and one depends on it."""
    question_set = make_set(event, title={"en": "Your journey"}, moment=QuestionSet.Moment.APPROVED)
    arrival = make_question(
        question_set, "arrival", Kind.CHOICE, choices=("plane", "train"), is_required=True
    )
    flight = make_question(
        question_set, "flight", shown_if=arrival, shown_if_values=["plane"], is_required=True
    )
    return arrival, flight


def test_second_step_questions_stand_on_the_page_and_are_answered_there(visitor, person, later):
    arrival, flight = later
    page = visitor.get(address(person))
    assert "Questions still to answer" in page.text
    before = Registration.objects.values().get()
    page = visitor.get(address(person, f"questions/{arrival.pk}/"))
    assert "<h1>Your journey</h1>" in page.text
    answer = send(visitor, page, "", **{f"q{arrival.pk}": "plane"})
    assert answer["Location"] == address(person, f"questions/{flight.pk}/")
    answer = send(visitor, visitor.get(answer["Location"]), "", **{f"q{flight.pk}": "VN 37"})
    assert answer["Location"] == address(person)
    page = visitor.get(address(person))
    assert "Questions still to answer" not in page.text
    assert "<bdi>VN 37</bdi>" in page.text
    assert Registration.objects.values().get() == before
    assert not Message.objects.exists()


def test_another_answer_drops_what_depended_on_it(visitor, person, later):
    arrival, flight = later
    keep_answers(registration=person, questions=later, values={arrival.pk: "plane", flight.pk: "VN 37"})
    page = visitor.get(address(person, f"questions/{arrival.pk}/"))
    assert re.search(r'value="plane"[^>]* checked', page.text)
    send(visitor, page, "", **{f"q{arrival.pk}": "train"})
    assert dict(Answer.objects.values_list("question", "value")) == {arrival.pk: "train"}


def test_who_waits_for_approval_is_not_asked_yet(visitor, event, later):
    waiting = make_registration(event, make_category(event, "V", needs_approval=True))
    assert "Questions still to answer" not in visitor.get(address(waiting)).text
    assert visitor.get(address(waiting, f"questions/{later[0].pk}/")).status_code == 404


def test_a_missing_answer_is_said_on_its_page(visitor, person, later):
    page = visitor.post(address(person, f"questions/{later[0].pk}/"))
    assert (page.status_code, "<title>Error: Your journey" in page.text) == (422, True)
    assert errors_in(page) == [(f"id_q{later[0].pk}_0", "Answer the question “Question arrival”.")]


def test_questions_of_another_event_are_unknown(visitor, person):
    foreign = make_question(make_set(make_event()), "foreign")
    unknown = visitor.get("/en/r/x/")
    for pk in (foreign.pk, 0, 10**15):
        answer = visitor.get(address(person, f"questions/{pk}/"))
        assert (answer.status_code, answer.content) == (404, unknown.content)


def test_the_words_of_an_answer_stay_when_the_question_changes(visitor, person, later):
    keep_answers(registration=person, questions=later, values={later[0].pk: "train"})
    later[0].choices.update(label={"en": "Railway"})
    assert "<bdi>Train</bdi>" in visitor.get(address(person)).text


# Nominations


def nominated(person):
    return substitute(registration=person, name="Ana López", email="ana@example.org", language="es")


def test_a_nominated_person_confirms_their_own_data(visitor, person):
    ana = nominated(person)
    page = visitor.get(address(ana))
    assert f'href="{address(ana, "complete/")}"' in page.text
    page = visitor.get(address(ana, "complete/"))
    assert "<bdi>Nguyễn Ánh</bdi> cannot come" in page.text
    refused = send(visitor, page, "", gender="woman")
    assert errors_in(refused)[-1][0] == "id_consent"
    assert send(visitor, refused, "", consent="on")["Location"] == address(ana)
    ana.refresh_from_db()
    assert (ana.state, bool(valid_code(ana)), bool(ana.consent_at)) == ("confirmed", True, True)
    assert visitor.get(address(ana, "complete/")).status_code == 302


def test_what_the_event_must_know_is_asked_before_the_nomination_is_complete(visitor, person):
    must = make_question(make_set(person.event), "state", is_required=True)
    make_question(make_set(person.event), "may")
    ana = nominated(person)
    answer = send(visitor, visitor.get(address(ana, "complete/")), "", consent="on", gender="woman")
    assert answer["Location"] == address(ana, f"questions/{must.pk}/")
    ana.refresh_from_db()
    assert (ana.state, valid_code(ana)) == ("nominated", "")
    answer = send(visitor, visitor.get(answer["Location"]), "", **{f"q{must.pk}": "Connected"})
    assert answer["Location"] == address(ana)
    ana.refresh_from_db()
    assert (ana.state, bool(valid_code(ana))) == ("confirmed", True)


def test_answers_alone_complete_nothing_without_consent(visitor, person):
    must = make_question(make_set(person.event), "state", is_required=True)
    ana = nominated(person)
    visitor.post(address(ana, f"questions/{must.pk}/"), {f"q{must.pk}": "Connected"})
    ana.refresh_from_db()
    assert ana.state == "nominated"


# Substitution


def test_sending_somebody_else(visitor, person):
    page = visitor.get(address(person, "substitute/"))
    assert "ends at once" in page.text
    posted = {"name": "Ana López", "email": "ana@example.org", "language": "es"}
    for _twice in range(2):
        assert send(visitor, page, "", **posted)["Location"] == address(person)
    assert Registration.objects.filter(name="Ana López", state="nominated", replaces=person).count() == 1
    page = visitor.get(address(person))
    assert "Somebody else comes in your place" in page.text
    assert "Ana" not in page.text
    assert "Register again" not in page.text


@pytest.mark.parametrize("audience", [Category.Audience.INVITATION, Category.Audience.NOMINATION])
def test_who_was_chosen_by_name_sends_nobody(visitor, event, audience):
    chosen = make_registration(event, make_category(event, audience=audience))
    assert "substitute" not in visitor.get(address(chosen)).text
    visitor.post(address(chosen, "substitute/"), {"name": "A", "email": "a@example.org", "language": "en"})
    assert Registration.objects.count() == 1


def test_a_person_has_only_so_many_addresses_written_to(visitor, person):
    for number in range(WRITTEN_BY_PERSON.most):
        page = visitor.get(address(person, "change/"))
        assert send(visitor, page, "", email=f"a{number}@example.org").status_code == 200
        person.refresh_from_db()
    refused = send(visitor, visitor.get(address(person, "change/")), "", email="more@example.org")
    assert (refused.status_code, 'value="more@example.org"' in refused.text) == (429, True)
    assert 0 < int(refused["Retry-After"]) <= 3600
    person.refresh_from_db()
    assert person.email == "a9@example.org"


# My data


def test_everything_kept_about_the_person_comes_as_one_file(
    visitor, person, later, django_assert_num_queries
):
    keep_answers(registration=person, questions=later, values={later[0].pk: "train"})
    person.notes.create(text="secret note")
    with django_assert_num_queries(6):
        answer = visitor.get(address(person, "my-data.json"))
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == f'attachment; filename="my-data-{person.reference}.json"'
    data = json.loads(answer.content)
    assert data["registration"]["name"] == "Nguyễn Ánh"
    assert data["answers"][0]["answer"] == "Train"
    assert [line["what"] for line in data["history"]] == ["submit"]
    assert "secret note" not in answer.text
    for hidden in ("link_version", "name_folded"):
        assert hidden not in data["registration"]


@pytest.mark.parametrize("page", ["change/", "complete/", "substitute/", "questions/1/", "my-data.json"])
def test_opening_changes_nothing(visitor, person, page):
    before = Registration.objects.values().get()
    for method in ("get", "head"):
        answer = getattr(visitor, method)(address(person, page))
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
    assert Registration.objects.values().get() == before
    assert not Message.objects.exists()
    assert not Taken.objects.exists()
