import datetime as dt
import json
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from events.catalogue.dates import one_day
from events.catalogue.models import Event
from events.questions.answers import in_a_cell, in_words
from events.questions.forms import QuestionsForm, field_name
from events.questions.kinds import Kind
from events.questions.models import Question, QuestionSet
from events.registration.dossier import Upload
from tests.factories import make_country, make_event, make_question, make_session, make_set
from tests.site_cms.files import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make_event()


@pytest.fixture
def asked_on(event: Event) -> QuestionSet:
    return make_set(event)


def posted(*pairs: tuple[str, str]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    return data


def judge(question: Question, *typed: str, files: dict[str, Any] | None = None, **more: Any) -> QuestionsForm:
    data = posted(*((field_name(question), each) for each in typed))
    files = MultiValueDict({name: [file] for name, file in (files or {}).items()})
    return QuestionsForm(data, files, questions=[question], **more)


def error(form: QuestionsForm) -> str:
    (errors,) = form.errors.values()
    return str(errors[0])


@pytest.mark.parametrize(
    "kind, fields, typed, expected",
    [
        (Kind.TEXT, {}, ["  A\tline "], ("A line", "A line", "A line")),
        (Kind.LONG_TEXT, {}, ["One\r\n\r\n\r\nTwo"], ("One\n\nTwo",) * 3),
        (Kind.NUMBER, {"minimum": 0}, ["0"], (0, "0", 0)),
        (Kind.NUMBER, {}, ["١ ٢٠٠"], (1200, "1200", 1200)),
        (Kind.DATE, {}, ["2027-02-28"], ("2027-02-28", "28 February 2027", dt.date(2027, 2, 28))),
        (Kind.PHONE, {}, ["(+39) 06-5705.1"], ("+39 06 5705 1",) * 3),
        (Kind.EMAIL, {}, [" a@example.org "], ("a@example.org",) * 3),
        (Kind.CONSENT, {}, ["on"], (True, "Yes", "Yes")),
        (Kind.CHOICE, {"choices": ["gens", "paper"]}, ["gens"], ("gens", "Gens", "Gens")),
        (Kind.CHOICES, {"choices": ["a", "b", "c"]}, ["c", "a", "a"], (["c", "a"], "C, A", "C, A")),
        (Kind.TRAVEL, {}, ["airfare"], ("airfare", "Yes, the airfare", "Yes, the airfare")),
        (Kind.DIET, {}, ["vegan", "halal"], (["vegan", "halal"], "Vegan, Halal", "Vegan, Halal")),
        (Kind.ACCESSIBILITY, {}, ["captions"], (["captions"], "Live captions", "Live captions")),
    ],
)
def test_each_kind_from_what_is_typed_to_the_export(asked_on, kind, fields, typed, expected):
    question = make_question(asked_on, "it", kind, **fields)
    form = judge(question, *typed)
    assert form.is_valid(), form.errors
    value = form.values()[question.pk]
    assert (value, in_words(question, value, "en"), in_a_cell(question, value, "en")) == expected
    again = QuestionsForm(posted(*form.as_posted()), questions=[question])
    assert again.is_valid()
    assert again.values() == form.values()


@pytest.mark.parametrize(
    "kind, fields, typed, words",
    [
        (Kind.TEXT, {"maximum": 3}, "four", "Use 3 characters or fewer. There are 4 now."),
        (Kind.TEXT, {}, "!?", "Enter at least one letter or digit."),
        (Kind.NUMBER, {}, "1_000", "Enter a whole number, such as 12."),
        (Kind.NUMBER, {}, "1.5", "Enter a whole number, such as 12."),
        (Kind.NUMBER, {}, "9" * 400, "Enter a whole number, such as 12."),
        (Kind.NUMBER, {"minimum": 2}, "1", "Enter 2 or more."),
        (Kind.NUMBER, {"maximum": 2}, "3", "Enter 2 or less."),
        (Kind.DATE, {}, "2027-02-30", "Enter a day that exists, like 2027-05-12."),
        (Kind.PHONE, {}, "12345", "Enter a telephone number with its country code, like +39 06 5705 1."),
        (Kind.CHOICE, {"choices": ["a"]}, "z", "Choose one from the list."),
        (Kind.CHOICES, {"choices": ["a"]}, "z", "Choose only what is in the list."),
        (Kind.CHOICES, {"choices": ["a", "b"], "minimum": 2}, "a", "Choose at least 2."),
        (Kind.COUNTRY, {}, "ZZ", "Choose one from the list."),
        (Kind.SESSION, {}, "no-session", "Choose only what is in the list."),
        (Kind.FILE, {}, "forged", "We do not have this file any more. Choose it again."),
    ],
)
def test_each_kind_says_what_is_wrong(asked_on, kind, fields, typed, words):
    form = judge(make_question(asked_on, "it", kind, **fields), typed)
    assert error(form) == words
    assert form.values() == {}


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.CONSENT])
def test_an_answer_is_missed_by_the_name_of_its_question(asked_on, kind):
    question = make_question(asked_on, "it", kind, is_required=True, choices=["a"])
    assert error(judge(question)) == "Answer the question “Question it”."


def test_a_consent_that_is_needed_asks_for_the_tick(asked_on):
    question = make_question(asked_on, "it", Kind.CONSENT, is_required=True)
    assert error(judge(question)) == "Tick the box to go on: “Question it”."


@pytest.mark.parametrize("kind", Kind)
def test_what_need_not_be_answered_may_stay_empty(asked_on, kind):
    question = make_question(asked_on, "it", kind, choices=["a"])
    form = judge(question)
    assert form.is_valid(), form.errors
    assert form.values() == {}
    assert form.as_posted() == []
    assert "it" in str(form.as_p())


def test_a_country_is_kept_by_its_code(asked_on):
    make_country("KE", name="Kenya")
    question = make_question(asked_on, "it", Kind.COUNTRY)
    form = judge(question, "KE")
    assert form.is_valid()
    assert form.values() == {question.pk: "KE"}
    assert in_words(question, "KE", "en") == "Kenya"


def test_sessions_of_the_programme_are_offered_but_not_cancelled_ones(asked_on):
    opening = make_session(asked_on.event, title={"en": "Opening", "fr": "Ouverture"})
    cancelled = make_session(asked_on.event, state="cancelled")
    make_session(make_event())
    question = make_question(asked_on, "it", Kind.SESSION)
    form = judge(question, str(opening.uid))
    (told,) = form.fields[field_name(question)].choices
    day = one_day(asked_on.event.start_date)
    assert told == (str(opening.uid), f"<span>Opening <bdi>({day}, 09:00)</bdi></span>")
    assert form.is_valid()
    assert in_words(question, form.values()[question.pk], "fr") == "Ouverture"
    assert not judge(question, str(cancelled.uid)).is_valid()


def visa(question: Question, **changes: str) -> QuestionsForm:
    make_country("KE", name="Kenya")
    parts = {
        "name": "Anna Example",
        "number": "X 1234567",
        "issued_by": "KE",
        "expires": "2030-01-31",
        "born": "1980-02-03",
        "applies_in": "Nairobi",
    } | changes
    data = posted(*((f"{field_name(question)}_{part}", value) for part, value in parts.items()))
    return QuestionsForm(data, questions=[question])


def test_the_data_for_a_visa_are_kept_together(asked_on):
    question = make_question(asked_on, "it", Kind.VISA, is_required=True)
    form = visa(question)
    assert form.is_valid(), form.errors
    value = form.values()[question.pk]
    assert value["issued_by"] == "KE"
    assert value["expires"] == "2030-01-31"
    assert "Issued by: Kenya\nValid until: 31 January 2030" in in_words(question, value, "en")
    again = QuestionsForm(posted(*form.as_posted()), questions=[question])
    assert again.is_valid()
    assert again.values() == form.values()


def test_each_missing_part_of_the_data_for_a_visa_is_named(asked_on):
    question = make_question(asked_on, "it", Kind.VISA)
    form = visa(question, number="", expires="tomorrow")
    assert form.errors[field_name(question)] == [
        "Enter the number of the passport.",
        "Enter a day that exists, like 2027-05-12.",
    ]


def test_a_file_is_kept_at_once_and_travels_by_its_signed_name(asked_on):
    question = make_question(asked_on, "it", Kind.FILE, is_required=True)
    other = make_question(asked_on, "other", Kind.TEXT, is_required=True)
    file = SimpleUploadedFile("My letter\u202e.pdf", PDF)
    files = MultiValueDict({field_name(question): [file]})
    form = QuestionsForm(posted(), files, questions=[question, other])
    assert not form.is_valid()
    upload = Upload.objects.get()
    assert (upload.name, upload.size, upload.registration) == ("My letter.pdf", len(PDF), None)
    page = str(form[field_name(question)])
    ((name, token),) = form.as_posted()
    assert f'<input type="hidden" name="{name}" value="{token}">' in page
    assert "My letter.pdf" in page
    again = judge(question, token)
    assert again.is_valid()
    assert in_words(question, again.values()[question.pk], "en") == "My letter.pdf"
    assert again.as_posted() == [(name, token)]
    assert not judge(make_question(asked_on, "third", Kind.FILE), token).is_valid()


def test_a_photo_of_a_phone_is_kept_as_a_small_square(asked_on):
    picture = BytesIO()
    Image.new("RGB", (1200, 900), "green").save(picture, "PNG")
    question = make_question(asked_on, "it", Kind.PHOTO)
    form = judge(question, files={field_name(question): SimpleUploadedFile("me.heic", picture.getvalue())})
    assert form.is_valid(), form.errors
    upload = Upload.objects.get()
    assert (upload.name, upload.content_type) == ("me.jpg", "image/jpeg")
    assert Image.open(upload.file).size == (600, 600)


@pytest.mark.parametrize(
    "kind, content, words",
    [
        (Kind.FILE, b"<html>", "The content of this file is not what its name says"),
        (Kind.PHOTO, PDF, "We cannot read this picture."),
    ],
)
def test_a_file_in_disguise_is_refused_and_not_kept(asked_on, kind, content, words):
    question = make_question(asked_on, "it", kind)
    form = judge(question, files={field_name(question): SimpleUploadedFile("it.pdf", content)})
    assert error(form).startswith(words)
    assert not Upload.objects.exists()


def test_a_retired_choice_is_offered_only_to_whom_it_was_answered_before(asked_on):
    question = make_question(asked_on, "it", Kind.CHOICE, choices=["old", "new"])
    question.choices.filter(code="old").update(is_retired=True)
    assert not judge(question, "old").is_valid()
    assert judge(question, "old", kept={question.pk: "old"}).is_valid()


def test_words_that_a_language_lacks_stand_in_english_and_say_so(asked_on):
    question = make_question(asked_on, "it", hint={"en": "A hint", "ar": "تلميح"}, label={"en": "A <b>"})
    with override("ar"):
        field = judge(question).fields[field_name(question)]
    assert field.label == '<span lang="en" dir="ltr">A &lt;b&gt;</span>'
    assert field.help_text == 'تلميح<br><span lang="en" dir="ltr">To plan the event.</span>'


ANYTHING = st.text(st.characters(exclude_categories=()), max_size=80) | st.sampled_from(
    ["0", "-1", "2027-01-01", "on", "a", "+39 06 1234567", "KE", "a@example.org", "\x00", "\ud800"]
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.lists(ANYTHING, max_size=3), is_required=st.booleans())
@pytest.mark.parametrize("kind", Kind)
def test_whatever_is_typed_is_kept_or_refused_in_words_and_travels_unchanged(
    asked_on, kind, typed, is_required
):
    question, _made = Question.objects.get_or_create(question_set=asked_on, key="it", kind=kind)
    question.is_required = is_required
    form = judge(question, *typed)
    if not form.is_valid():
        assert all(error(form).strip() for _each in form.errors)
        return
    value = form.values().get(question.pk)
    assert json.loads(json.dumps(value)) == value
    assert (value is None) <= (not is_required)
    assert in_words(question, value, "ar") or value is None
    again = QuestionsForm(posted(*form.as_posted()), questions=[question])
    assert again.is_valid()
    assert again.values() == form.values()
