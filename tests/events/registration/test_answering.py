from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from events.access.models import Membership
from events.access.roles import Role
from events.questions.forms import QuestionsForm
from events.questions.kinds import Kind
from events.questions.models import Question, QuestionSet
from events.registration.admin.sight import answers_seen
from events.registration.answering import (
    answers_of,
    counts,
    keep_answers,
    missing_answers,
    values_of,
)
from events.registration.dossier import Answer, Upload
from events.registration.models import Registration
from events.registration.states import State
from events.registration.uploads import keep_upload
from tests.factories import (
    make_category,
    make_country,
    make_event,
    make_question,
    make_registration,
    make_set,
)
from tests.site_cms.files import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked_on() -> QuestionSet:
    return make_set(make_event())


def keep(registration: Registration, values: dict[Question, Any]) -> None:
    given = {question.pk: value for question, value in values.items() if value is not None}
    keep_answers(registration=registration, questions=list(values), values=given)


def test_an_answer_keeps_the_words_in_which_it_was_asked_and_given(asked_on):
    question = make_question(
        asked_on, "state", Kind.CHOICE, choices=["gens"], label={"en": "State?", "fr": "État ?"}
    )
    registration = make_registration(asked_on.event)
    with override("fr"):
        keep(registration, {question: "gens"})
    question.choices.update(label={"en": "Other words"})
    Question.objects.update(label={"en": "Other question"})
    question.refresh_from_db()
    with override("fr"):
        keep(registration, {question: "gens"})
    (answer,) = answers_of(registration)
    assert (answer.asked, answer.words, answer.language) == ("État ?", "Gens", "fr")
    assert values_of(registration) == {question.pk: "gens"}


def test_a_changed_answer_is_asked_anew_and_one_taken_back_goes(asked_on):
    question, other = (make_question(asked_on, key, Kind.TEXT) for key in ("a", "b"))
    untouched = make_question(asked_on, "c", Kind.TEXT)
    registration = make_registration(asked_on.event)
    keep(registration, {question: "One", other: "Two", untouched: "Three"})
    question.label = {"en": "New words"}
    keep(registration, {question: "Changed", other: None})
    assert [(answer.asked, answer.words) for answer in answers_of(registration)] == [
        ("New words", "Changed"),
        ("Question c", "Three"),
    ]


def test_keeping_costs_the_same_for_one_answer_and_for_many(asked_on, django_assert_num_queries):
    questions = [make_question(asked_on, f"q{n}", Kind.TEXT) for n in range(20)]
    registration = make_registration(asked_on.event)
    with django_assert_num_queries(4):  # both ends of the savepoint, what was, what is
        keep(registration, dict.fromkeys(questions, "Words"))
    assert Answer.objects.count() == 20


def test_a_file_is_attached_once_and_a_replaced_one_goes(asked_on, django_capture_on_commit_callbacks):
    question = make_question(asked_on, "letter", Kind.FILE)
    mine, foreign = make_registration(asked_on.event), make_registration(asked_on.event)
    first, second = (
        keep_upload(question=question, file=SimpleUploadedFile(f"{n}.pdf", PDF)) for n in range(2)
    )
    keep(mine, {question: {"upload": str(first.public_id), "name": "0.pdf"}})
    with pytest.raises(Upload.DoesNotExist):
        keep(foreign, {question: {"upload": str(first.public_id), "name": "0.pdf"}})
    storage, name = first.file.storage, first.file.name
    with django_capture_on_commit_callbacks(execute=True):
        keep(mine, {question: {"upload": str(second.public_id), "name": "1.pdf"}})
    assert [upload.pk for upload in mine.uploads.all()] == [second.pk]
    assert not storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        keep(mine, {question: None})
    assert not Upload.objects.exists()


def test_only_the_registration_itself_goes_on_with_its_file(asked_on):
    question = make_question(asked_on, "letter", Kind.FILE)
    mine, foreign = make_registration(asked_on.event), make_registration(asked_on.event)
    upload = keep_upload(question=question, file=SimpleUploadedFile("a.pdf", PDF))
    value = {"upload": str(upload.public_id), "name": "a.pdf"}
    keep(mine, {question: value})
    shown = QuestionsForm(questions=[question], kept={question.pk: value})
    token = str(shown).split('type="hidden" name="')[1].split('value="')[1].split('"')[0]

    def judged(registration: Registration | None) -> bool:
        data = {f"q{question.pk}": token}
        return QuestionsForm(data, {}, questions=[question], registration=registration).is_valid()

    assert judged(mine)
    assert not judged(foreign)
    assert not judged(None)


def test_answers_for_registrars_are_shown_to_registrars_only(asked_on, django_user_model):
    secret = make_question(asked_on, "visa", visibility=Question.Visibility.REGISTRARS)
    plain = make_question(asked_on, "hobby")
    registration = make_registration(asked_on.event)
    keep(registration, {secret: "X 123", plain: "Ferns"})
    seen = {}
    for role in (Role.REGISTRAR, Role.VIEWER):
        user = django_user_model.objects.create_user(email=f"{role}@example.org")
        Membership.objects.create(user=user, event=asked_on.event, role=role)
        seen[role] = [answer.words for answer in answers_seen(user, registration)]
    assert seen == {Role.REGISTRAR: ["X 123", "Ferns"], Role.VIEWER: ["Ferns"]}


def test_answers_are_counted_by_country(asked_on):
    question = make_question(asked_on, "state", Kind.CHOICES, choices=["gens", "paper"])
    kenya = make_country("KE")
    here = {"representing": "country", "country": kenya}
    people = [make_registration(asked_on.event, **fields) for fields in (here, here, {}, here)]
    for registration, value in zip(people, (["gens"], ["gens", "paper"], ["paper"], ["paper"]), strict=True):
        keep(registration, {question: value})
    Registration.objects.filter(pk=people[3].pk).update(state=State.WITHDRAWN)
    assert counts(question) == {"gens": {"KE": 2}, "paper": {"KE": 1, "": 1}}


def names(registrations: list[Registration]) -> list[str]:
    found = missing_answers(Registration.objects.filter(pk__in=[each.pk for each in registrations]))
    return sorted(found.values_list("name", flat=True))


def test_whoever_owes_an_answer_is_found(asked_on):
    question = make_question(asked_on, "must", is_required=True)
    make_question(asked_on, "may")
    make_question(make_set(make_event()), "foreign", is_required=True)
    done, owing, gone = (make_registration(asked_on.event, name=name) for name in ("Done", "Owing", "Gone"))
    Registration.objects.filter(pk=gone.pk).update(state=State.CANCELLED)
    keep(done, {question: "Words"})
    assert names([done, owing, gone]) == ["Owing"]
    Question.objects.filter(pk=question.pk).update(is_retired=True)
    assert names([done, owing, gone]) == []


@pytest.mark.parametrize(
    "kind, value, other, codes",
    [
        (Kind.CHOICE, "yes", "no", ["yes"]),
        (Kind.CHOICES, ["no", "yes"], ["yes-but"], ["yes"]),
        (Kind.CONSENT, True, None, ["yes"]),
        (Kind.COUNTRY, "KE", "KG", ["KE", "TZ"]),
    ],
)
def test_an_answer_is_owed_only_where_its_condition_holds(asked_on, kind, value, other, codes):
    parent = make_question(asked_on, "parent", kind, choices=["yes", "no", "yes-but"])
    make_question(asked_on, "child", is_required=True, shown_if=parent, shown_if_values=codes)
    asked, spared, silent = (
        make_registration(asked_on.event, name=name) for name in ("Asked", "Spared", "Silent")
    )
    keep(asked, {parent: value})
    keep(spared, {parent: other})
    assert names([asked, spared, silent]) == ["Asked"]


def test_a_set_for_some_categories_or_for_afterwards_is_owed_by_those_only(asked_on):
    event = asked_on.event
    delegate, observer = make_category(event, "D"), make_category(event, "O", needs_approval=True)
    asked_on.categories.add(observer)
    make_question(asked_on, "observers", is_required=True)
    people = [make_registration(event, each, name=each.letter) for each in (delegate, observer)]
    assert names(people) == ["O"]
    asked_on.categories.clear()
    QuestionSet.objects.update(moment=QuestionSet.Moment.APPROVED)
    assert names(people) == ["D"], "the observer still waits for approval"
