"""The questions of the demonstration symposium, and what its generated people answer."""

import datetime as dt

import pytest

from events.catalogue.models import Event
from events.catalogue.services import load_catalogue
from events.catalogue.texts import LANGUAGES
from events.journeys.demo.content import content
from events.journeys.demo.next_editions import add_next_editions
from events.journeys.demo.participants import add_participants
from events.journeys.demo.questions import EVENT
from events.journeys.demo.real_events import add_real_events
from events.questions.conditions import asked_too_early
from events.questions.kinds import Kind
from events.questions.models import Choice, Question, QuestionSet
from events.questions.pages import only_asked, pages
from events.questions.selectors import read_sets
from events.registration.answering import counts, missing_answers, values_of
from events.registration.models import Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    load_catalogue()
    add_real_events()
    add_next_editions(today=dt.date(2027, 1, 4))
    return Event.objects.get(code=EVENT)


def test_every_text_is_there_in_six_languages():
    texts = []
    for question_set in content("questions")["set"]:
        texts += [question_set["title"], question_set["introduction"]]
        for question in question_set["question"]:
            texts += [question[name] for name in ("label", "purpose", "hint") if name in question]
            texts += [choice["label"] for choice in question.get("choice", ())]
    assert {tuple(text) for text in texts} == {tuple(LANGUAGES)}


def test_the_set_can_be_saved_and_asks_at_least_ten_questions(event):
    sets = read_sets(event)
    for row in (*sets, *Question.objects.all(), *Choice.objects.all()):
        row.full_clean()
    assert asked_too_early(sets) is None
    assert Question.objects.count() >= 10
    moments = [(each.moment, len(page.questions)) for each in sets for page in pages([each])]
    assert moments == [
        (QuestionSet.Moment.REGISTERING, 2),
        (QuestionSet.Moment.REGISTERING, 1),
        (QuestionSet.Moment.REGISTERING, 3),
        (QuestionSet.Moment.REGISTERING, 2),
        (QuestionSet.Moment.APPROVED, 3),
        (QuestionSet.Moment.APPROVED, 1),
    ]


def test_generated_people_answer_only_what_they_are_asked_and_can_be_counted(event):
    add_participants(count=150)
    people = Registration.objects.filter(event=event)
    asked = pages(read_sets(event))
    for person in people:
        values = values_of(person)
        assert only_asked(asked, values) == values
    figures = counts(Question.objects.get(key="ephyto-state"))
    assert set(figures) == {"connected", "gens", "piloting", "paper", "no-country"}
    countries = [country for code, found in figures.items() if code != "no-country" for country in found]
    assert len(countries) == len(set(countries)), "a country has one state"
    assert 0 < missing_answers(people).count() < people.count() / 2
    assert not any(question.kind == Kind.VISA for question in Question.objects.filter(answers__isnull=False))
