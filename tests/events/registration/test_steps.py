"""The pages of an event's own questions, between the standing ones and the check."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.catalogue.models import Event
from events.questions.kinds import Kind
from events.registration.dossier import Answer
from events.registration.models import Registration
from events.registration.steps import answers_in, question_in, seen_as, seen_in
from tests.factories import make_question, make_set
from tests.visitor import preset

from .walking import address, errors_in, first_key, heading, key_in, open_event, send, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    """Two sets: ePhyto with a question that depends on another of its page, and satellite meetings."""
    event = open_event()
    ephyto = make_set(event, title={"en": "ePhyto"})
    state = make_question(
        ephyto, "state", Kind.CHOICE, choices=("connected", "paper"), is_required=True, position=1
    )
    since = make_question(
        ephyto, "since", Kind.NUMBER, shown_if=state, shown_if_values=["connected"], is_required=True
    )
    meetings = make_set(event, title={"en": "Meetings"}, position=1)
    note = make_question(meetings, "note", Kind.TEXT)
    return event, state, since, note


def name(question):
    return f"q{question.pk}"


def start(client, **changes):
    return client.post(address("check"), typed(**changes) | {"key": first_key(client)})


def test_the_pages_come_in_order_and_only_where_they_are_asked(client, asked):
    _event, state, since, note = asked
    page = start(client)
    assert (page.status_code, heading(page)) == (200, "ePhyto")
    assert name(since) not in page.text
    assert "error" not in page.text
    page = send(client, page, **{name(state): "connected"})
    assert (page.status_code, heading(page), f'name="{name(since)}"' in page.text) == (200, "ePhyto", True)
    page = send(client, page, **{name(since): "2019"})
    assert heading(page) == "Meetings"
    page = send(client, page, **{name(note): "Aquí <b>"})
    assert heading(page) == "Check your answers"
    assert "<bdi>Aquí &lt;b&gt;</bdi>" in page.text
    assert send(client, page, "done/").status_code == 303
    registration = Registration.objects.get()
    assert list(registration.answers.values_list("question", "value", "words")) == [
        (since.pk, 2019, "2019"),
        (state.pk, "connected", "Connected"),
        (note.pk, "Aquí <b>", "Aquí <b>"),
    ]


def test_an_answer_that_asks_nothing_more_skips_the_page(client, asked):
    _event, state, _since, _note = asked
    page = send(client, start(client), **{name(state): "paper"})
    assert heading(page) == "Meetings"
    page = send(client, page)
    assert heading(page) == "Check your answers"
    assert send(client, page, "done/").status_code == 303
    assert dict(Answer.objects.values_list("question", "value")) == {state.pk: "paper"}


def test_what_is_missing_is_said_on_its_page_with_everything_kept(client, asked):
    _event, state, _since, _note = asked
    page = send(client, start(client))
    assert (page.status_code, page.text.count("<title>Error: ")) == (422, 1)
    assert errors_in(page) == [(f"id_{name(state)}_0", "Answer the question “Question state”.")]
    assert 'value="Nguyễn Thị Ánh Tuyết"' in page.text
    page = send(client, page, **{name(state): "paper"})
    assert heading(page) == "Meetings"


def check_page(client, asked):
    _event, state, since, note = asked
    page = send(client, start(client), **{name(state): "connected"})
    page = send(client, page, **{name(since): "2019"})
    return send(client, page, **{name(note): "Vegetarian lunch"})


def test_each_answer_can_be_changed_from_the_check_and_the_others_stay(client, asked):
    _event, state, _since, note = asked
    check = check_page(client, asked)
    again = client.post(address(), fields(check) | {"page": str(state.pk)})
    assert (again.status_code, heading(again)) == (200, "ePhyto")
    assert re.search(rf'name="{name(state)}" value="connected"[^>]* checked', again.text)
    after = send(client, again, **{name(state): "paper"})
    assert heading(after) == "Check your answers"
    assert "Vegetarian lunch" in after.text
    assert "2019" not in after.text.partition("<dl")[2].partition("</dl>")[0]
    assert send(client, after, "done/").status_code == 303
    assert dict(Answer.objects.values_list("question", "value")) == {
        state.pk: "paper",
        note.pk: "Vegetarian lunch",
    }


def test_an_answer_that_opens_a_new_question_shows_it_without_blame(client, asked):
    _event, state, since, _note = asked
    page = send(client, start(client), **{name(state): "paper"})
    check = send(client, page)
    again = client.post(address(), fields(check) | {"page": str(state.pk)})
    page = send(client, again, **{name(state): "connected"})
    assert (page.status_code, "error" in page.text, f'name="{name(since)}"' in page.text) == (
        200,
        False,
        True,
    )


def test_back_leads_to_the_page_before_with_everything_typed(client, asked):
    _event, state, since, _note = asked
    page = send(client, start(client), **{name(state): "connected"})
    page = send(client, page, button="Back", **{name(since): "not a number"})
    assert heading(page) == "ePhyto"
    assert re.search(rf'name="{name(state)}" value="connected"[^>]* checked', page.text)
    page = send(client, page, button="Back")
    assert heading(page) == "Register"
    assert 'value="anh@example.org"' in page.text
    assert 'value="not a number"' in page.text


def fields(page):
    """The hidden fields of the form that confirms."""
    form = BeautifulSoup(page.content, "html.parser").find_all("form", method="post")[-1]
    return preset(form)


def test_skipped_steps_come_back_and_register_nobody(client, asked):
    page = client.post(address("done"), typed() | {"key": first_key(client)})
    assert (page.status_code, heading(page)) == (422, "ePhyto")
    assert not Registration.objects.exists()


@pytest.mark.parametrize("seen", ["", "1,2,3", "9" * 30, "x", "1" * 5000, "²"])
def test_an_edited_list_of_what_was_seen_changes_nothing(client, asked, seen):
    page = client.post(address("check"), typed() | {"key": first_key(client), "seen": seen})
    assert heading(page) == "ePhyto"
    assert not Registration.objects.exists()


def test_edited_hidden_answers_are_judged_again(client, asked):
    _event, state, since, _note = asked
    check = fields(check_page(client, asked))
    for change in ({name(state): "no-such"}, {name(since): "1e400"}, {name(since): ["1", "x"]}):
        page = client.post(address("done"), check | change)
        assert (page.status_code, heading(page)) == (422, "ePhyto"), change
    assert not Registration.objects.exists()


def test_answers_to_what_is_not_asked_are_not_kept(client, asked):
    _event, state, since, _note = asked
    check = fields(check_page(client, asked)) | {name(state): "paper", "q999999": "x"}
    assert client.post(address("done"), check).status_code == 303
    assert since.pk not in Answer.objects.values_list("question", flat=True)
    assert Answer.objects.count() == 2


def test_a_question_added_meanwhile_is_asked_before_the_end(client, asked):
    event, *_questions = asked
    check = fields(check_page(client, asked))
    late = make_question(make_set(event, title={"en": "Late"}, position=9), "late", is_required=True)
    page = client.post(address("done"), check)
    assert (page.status_code, heading(page)) == (422, "Late")
    page = send(client, page, **{name(late): "Yes"})
    assert send(client, page, "done/").status_code == 303


@pytest.mark.parametrize("step", ["check", "done"])
def test_a_window_that_closes_in_the_middle_keeps_what_was_typed(client, asked, step):
    event, state, since, note = asked
    page = send(client, start(client), **{name(state): "connected"})
    Event.objects.filter(pk=event.pk).update(registration_closes_at=timezone.now())
    data = fields(page) | {name(since): "2019", name(note): "Lunch"}
    refused = client.post(address(step), data)
    assert refused.status_code == 409
    assert "Registration closed on" in refused.text
    for words in ("2019", "Lunch", "anh@example.org"):
        assert f'value="{words}"' in refused.text, words


def test_other_sets_for_other_categories(client, asked):
    event, *_questions = asked
    visitors = make_set(event, title={"en": "Visitors"}, position=0)
    visitors.categories.add(event.categories.get(letter="V"))
    make_question(visitors, "host")
    assert heading(start(client)) == "ePhyto"
    page = start(client, category="V")
    while heading(page) not in {"Visitors", "Check your answers"}:
        page = send(client, page, **{name(asked[1]): "paper"})
    assert heading(page) == "Visitors"


def test_the_same_end_twice_is_one_registration_and_other_answers_are_refused(client, asked):
    check = fields(check_page(client, asked))
    for _ in range(2):
        assert client.post(address("done"), check).status_code == 303
    assert client.post(address("done"), check | {name(asked[3]): "Other"}).status_code == 422
    assert (Registration.objects.count(), Answer.objects.count()) == (1, 3)


def test_a_form_with_a_file_is_multipart_on_its_page_alone(client, asked):
    event, state, *_others = asked
    make_question(make_set(event, title={"en": "Letter"}, position=2), "letter", Kind.FILE)
    page = start(client)
    assert "multipart" not in page.text
    page = send(client, send(client, page, **{name(state): "paper"}))
    assert heading(page) == "Letter"
    assert page.text.count('enctype="multipart/form-data"') == 1


def test_each_step_asks_the_database_at_most_twelve_times(client, asked, settings):
    settings.CACHES = settings.CACHES | {
        "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "steps"}
    }
    caches["process"].clear()
    _event, state, since, note = asked
    counts = []

    def counted(act):
        with CaptureQueriesContext(connection) as captured:
            page = act()
        counts.append(sum("SAVEPOINT" not in query["sql"] for query in captured))
        return page

    for _first_warms_the_process in range(2):
        counts.clear()
        page = counted(lambda: client.get(address()))
        key = key_in(page)
        page = counted(lambda key=key: client.post(address("check"), typed() | {"key": key}))
        for question, answer in ((state, "connected"), (since, "2019"), (note, "Lunch")):
            page = counted(lambda q=question, a=answer, p=page: send(client, p, **{name(q): a}))
        assert heading(page) == "Check your answers"
        answer = counted(lambda p=page: send(client, p, "done/"))
        counted(lambda a=answer: client.get(a["Location"]))
    assert counts == [1, 2, 2, 2, 2, 12, 1]
    caches["process"].clear()


@pytest.mark.parametrize(
    "posted, question",
    [
        ("q12", 12),
        ("q12_issued_by", 12),
        ("q", None),
        ("q1x", None),
        ("q-1", None),
        ("q²", None),
        ("name", None),
    ],
)
def test_the_question_of_a_posted_name(posted, question):
    assert question_in(posted) == question


def test_what_travels_is_read_back():
    assert seen_in(seen_as({3, 1, 20})) == {1, 3, 20}
    assert seen_in("1, 2,x,,٣,4") == {1, 4}
    posted = {"q1": ["a"], "q2": ["b", ""], "q3": ["c"], "name": ["d"]}
    assert answers_in(posted, of={1, 2}) == [("q1", "a"), ("q2", "b")]
    assert answers_in(posted, without={1}, of={1, 2}) == [("q2", "b")]
