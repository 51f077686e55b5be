"""Every field of every public form with text of all Unicode categories: told in words, never half written."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.journeys.substitute import substitute
from events.outbox.models import Message
from events.questions.kinds import Kind
from events.questions.models import QuestionSet
from events.registration import link
from events.registration.dossier import Answer
from events.registration.models import Registration, StateChange
from tests.factories import make_question, make_registration, make_set

from .walking import address, open_event, typed

pytestmark = pytest.mark.django_db

# Surrogates cannot come in UTF-8; Django's form parser reads everything as that.
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
VALUES = st.one_of(TEXT, st.lists(TEXT, max_size=3))
STANDING = sorted({*typed(), "rppo", "organization", "gender_described", "nationality"})
MARKS = ("seen", "here", "page", "draft", "invitation", "waits", "asked")
BROAD = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def asked(db):
    """One question of each kind, when registering and afterwards."""
    event = open_event(asks_nationality=True)
    names = []
    for moment in QuestionSet.Moment.values:
        question_set = make_set(event, moment=moment)
        for kind in Kind.values:
            choices = ("a", "b") if kind in {Kind.CHOICE, Kind.CHOICES} else ()
            names.append(make_question(question_set, f"{kind}-{moment}", kind, choices=choices).pk)
    return event, names


def posts(names):
    """Forms of which some fields are well filled in, and any others hold anything."""
    fields = st.dictionaries(st.sampled_from([*STANDING, *MARKS, *names]), VALUES, max_size=12)
    return st.builds(lambda good, any_others: good | any_others, st.sampled_from([{}, typed()]), fields)


def rows():
    return [model.objects.count() for model in (Registration, StateChange, Answer, Message)]


@BROAD
@given(data=st.data(), step=st.sampled_from(["", "check", "done", "save", "lost"]))
def test_registering_answers_in_words_and_writes_all_or_nothing(asked, data, step):
    _event, questions = asked
    posted = data.draw(posts([f"q{pk}" for pk in questions]))
    before = rows()
    answer = Client().post(address(step), posted | {"key": "0" * 32})
    assert answer.status_code in {200, 303, 409, 422, 429}
    after = rows()
    if after[0] == before[0]:
        assert after[1:3] == before[1:3]
    else:
        assert (step, answer.status_code, after[0] - before[0], after[1] - before[1]) == ("done", 303, 1, 1)
    for registration in Registration.objects.order_by("-pk")[:1]:
        assert registration.name.strip()
        assert registration.email.isascii()


@BROAD
@given(data=st.data(), page=st.sampled_from(["change/", "complete/", "substitute/", "questions/{}/"]))
def test_the_personal_page_does_the_same(asked, data, page):
    event, questions = asked
    person = make_registration(event, event.categories.get(letter="D"))
    if page == "complete/" or data.draw(st.booleans()):
        person = substitute(registration=person, name="Ana", email="ana@example.org", language="en")
    posted = data.draw(posts([f"q{pk}" for pk in questions]))
    token = link.REGISTRATION.token_for(person.public_id, person.link_version)
    path = f"/en/r/{token}/{page.format(data.draw(st.sampled_from(questions)))}"
    answer = Client().post(path, posted)
    assert answer.status_code in {200, 302, 303, 404, 422, 429}
    person.refresh_from_db()
    assert person.name.strip()
    assert person.event_id == event.pk
    assert person.category.letter == "D"
