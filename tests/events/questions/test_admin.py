"""The staff screens of the questions."""

import pytest
from django.test import Client
from django.urls import reverse

from events.access.roles import Role
from events.catalogue.models import Event
from events.questions.kinds import Kind
from events.questions.models import Choice, Question, QuestionSet
from events.registration.answering import keep_answers
from events.registration.dossier import Upload
from tests.events.access.two_events import make_user
from tests.factories import make_event, make_question, make_registration, make_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make_event("SYMPOSIUM")


@pytest.fixture
def asked_on(event: Event) -> QuestionSet:
    return make_set(event)


@pytest.fixture(params=[Role.EDITOR, Role.REGISTRAR])
def desk(request, client: Client, event: Event) -> Client:
    client.force_login(make_user("desk@example.org", (event, request.param)))
    return client


def typed(question_set: QuestionSet, **changes: object) -> dict[str, object]:
    return {
        "question_set": question_set.pk,
        "label_en": "Which?",
        "key": "which",
        "kind": Kind.TEXT,
        "purpose_en": "To know.",
        "new_choices": "",
        "position": "0",
        "retention_days": "90",
        "visibility": "team",
    } | changes


def edited(question: Question, **changes: object) -> dict[str, object]:
    """What the form of an existing question posts."""
    return typed(question.question_set, key=question.key, kind=question.kind) | changes


def add(desk: Client, question_set: QuestionSet, **changes: object) -> object:
    address = reverse("question:add") + f"?question_set={question_set.pk}"
    return desk.post(address, typed(question_set, **changes))


def save(desk: Client, question: Question, **changes: object) -> object:
    return desk.post(reverse("question:edit", args=(question.pk,)), edited(question, **changes))


def problems(answer: object) -> dict[str, list[str]]:
    return {name: list(errors) for name, errors in answer.context["form"].errors.items()}


def test_a_question_with_choices_is_made_on_one_page(desk, asked_on):
    page = desk.get(reverse("question:add") + f"?question_set={asked_on.pk}")
    assert page.context["form"].initial["question_set"] == asked_on.pk
    answer = add(desk, asked_on, kind=Kind.CHOICE, new_choices="On paper\n\n By  GeNS \n")
    assert answer.status_code == 302, problems(answer)
    assert answer["Location"] == reverse("questionset:inspect", args=(asked_on.pk,))
    question = Question.objects.get()
    assert [(choice.code, str(choice)) for choice in question.choices.all()] == [
        ("on-paper", "On paper"),
        ("by-gens", "By GeNS"),
    ]


@pytest.mark.parametrize(
    "changes, name, words",
    [
        ({"kind": Kind.CHOICE}, "new_choices", "Enter at least one choice."),
        ({"new_choices": "A"}, "new_choices", "This kind of question has no choices. Leave it empty."),
        ({"minimum": "1"}, "minimum", "This kind of question has no such bound. Leave it empty."),
        ({"maximum": "0"}, "maximum", "The bounds leave no answer."),
        ({"kind": Kind.NUMBER, "minimum": "3", "maximum": "2"}, "maximum", "The bounds leave no answer."),
        ({"kind": Kind.VISA}, "visibility", "Data of passports are for registrars only."),
        ({"purpose_en": ""}, "purpose", "Enter the English text."),
        ({"key": "TAKEN"}, "key", "Another question of this event has this key."),
        ({"retention_days": "0"}, "retention_days", "Ensure this value is greater than or equal to 1."),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(desk, asked_on, changes, name, words):
    make_question(make_set(asked_on.event), "taken")
    assert problems(add(desk, asked_on, **changes)) == {name: [words]}


def test_a_condition_is_ticked(desk, asked_on):
    state = make_question(asked_on, "state", Kind.CHOICE, choices=["gens", "pilot"])
    consent = make_question(asked_on, "consent", Kind.CONSENT)
    make_question(make_set(make_event()), "foreign", Kind.CHOICE, choices=["a"])
    page = desk.get(reverse("question:add") + f"?question_set={asked_on.pk}")
    assert page.context["form"].fields["condition"].choices == [
        ("Question state", [(f"{state.pk}:gens", "Gens"), (f"{state.pk}:pilot", "Pilot")]),
        ("Question consent", [(f"{consent.pk}:yes", "Yes")]),
    ]
    answer = add(desk, asked_on, condition=[f"{state.pk}:gens", f"{state.pk}:pilot"])
    assert answer.status_code == 302, problems(answer)
    question = Question.objects.get(key="which")
    assert (question.shown_if, question.shown_if_values) == (state, ["gens", "pilot"])
    assert save(desk, question, condition=[]).status_code == 302
    question.refresh_from_db()
    assert (question.shown_if, question.shown_if_values) == (None, [])


def test_a_condition_that_can_never_be_decided_is_refused(desk, event, asked_on):
    first, second, third = (
        make_question(asked_on, key, Kind.CHOICE, choices=["a"]) for key in ("first", "second", "third")
    )
    later = make_question(
        make_set(event, moment=QuestionSet.Moment.APPROVED), "later", Kind.CHOICE, choices=["a"]
    )
    foreign = make_question(make_set(make_event()), "foreign", Kind.CHOICE, choices=["a"])
    Question.objects.filter(pk=second.pk).update(shown_if=first, shown_if_values=["a"])
    Question.objects.filter(pk=third.pk).update(shown_if=second, shown_if_values=["a"])

    def refused(*ticked: Question) -> list[str]:
        found = problems(save(desk, first, condition=[f"{each.pk}:a" for each in ticked]))
        return found["condition"]

    assert refused(third) == ["That question depends on this one itself."]
    assert refused(later) == ["That question is asked later than this one."]
    assert refused(second, third) == ["Tick answers of one question only."]
    for unknown in (first, foreign):
        assert "is not one of the available choices" in refused(unknown)[0]
    first.refresh_from_db()
    assert first.shown_if is None


def test_a_set_is_not_moved_before_what_it_depends_on(desk, event, asked_on):
    state = make_question(asked_on, "state", Kind.CHOICE, choices=["a"])
    second = make_set(event, position=1)
    make_question(second, "month", shown_if=state, shown_if_values=["a"])
    data = {"title_en": "More", "moment": "registering", "position": "2"}
    answer = desk.post(reverse("questionset:edit", args=(asked_on.pk,)), data)
    words = "“Question month” would come before “Question state”, on whose answer it depends."
    assert problems(answer) == {"position": [words]}
    answer = desk.post(reverse("questionset:edit", args=(second.pk,)), data)
    assert answer.status_code == 302, problems(answer)


def test_what_was_answered_stays_as_it_is(desk, event, asked_on):
    question = make_question(asked_on, "state", Kind.CHOICE, choices=["a", "b"])
    registration = make_registration(event)
    keep_answers(registration=registration, questions=[question], values={question.pk: "a"})
    save(desk, question, key="other", kind=Kind.TEXT, label_en="New words")
    question.refresh_from_db()
    assert (question.key, question.kind, str(question)) == ("state", Kind.CHOICE, "New words")
    assert registration.answers.get().asked == "Question state"
    chosen, other = question.choices.all()
    data = {"label_en": "A", "code": "changed", "position": "0"}
    desk.post(reverse("choice:edit", args=(chosen.pk,)), data)
    for row in (chosen, other):
        desk.post(reverse("choice:delete", args=(row.pk,)))
    desk.post(reverse("question:delete", args=(question.pk,)))
    desk.post(reverse("questionset:delete", args=(asked_on.pk,)))
    assert list(Choice.objects.values_list("code", flat=True)) == ["a"]
    assert Question.objects.filter(pk=question.pk).exists()


def test_a_question_on_which_others_depend_is_asked_on(desk, asked_on):
    state = make_question(asked_on, "state", Kind.CHOICE, choices=["a"])
    make_question(asked_on, "month", shown_if=state, shown_if_values=["a"])
    answer = save(desk, state, is_retired="on")
    assert problems(answer) == {"is_retired": ["Other questions depend on its answer: Question month."]}


def test_a_set_tells_what_it_asks_in_few_queries(desk, asked_on, django_assert_max_num_queries):
    state = make_question(asked_on, "state", Kind.CHOICE, choices=["a", "b"])
    for number in range(10):
        make_question(asked_on, f"month-{number}", shown_if=state, shown_if_values=["a", "b"])
    address = reverse("questionset:inspect", args=(asked_on.pk,))
    desk.get(address)
    with django_assert_max_num_queries(25):
        page = desk.get(address).content.decode()
    assert "Only when the answer to “Question state” is: A, B." in page
    assert page.index("Page 1") < page.index("Question state") < page.index("Page 2")


def test_the_preview_walks_as_the_answers_decide_and_keeps_nothing(desk, asked_on):
    state = make_question(asked_on, "state", Kind.CHOICE, choices=["a", "b"], is_required=True)
    make_question(asked_on, "photo", Kind.PHOTO, is_required=True)
    month = make_question(asked_on, "month", shown_if=state, shown_if_values=["a"], is_required=True)
    address = reverse("questionset:preview", args=(asked_on.pk,))
    assert "There is a problem" not in desk.get(address).content.decode()
    assert "There is a problem" in desk.post(address, {"page": "0"}).content.decode()
    second = desk.post(address, {"page": "0", f"q{state.pk}": "a"}).content.decode()
    assert f'name="q{month.pk}"' in second
    assert f'<input type="hidden" name="q{state.pk}" value="a">' in second
    assert "There is a problem" not in second
    done = desk.post(address, {"page": "1", f"q{state.pk}": "a", f"q{month.pk}": "May"}).content.decode()
    assert "<dt>Question month</dt><dd><bdi>May</bdi></dd>" in done
    assert "No further question" in desk.post(address, {"page": "0", f"q{state.pk}": "b"}).content.decode()
    assert not Upload.objects.exists()
    assert 'lang="ar" dir="rtl"' in desk.get(address + "?language=ar").content.decode()


def test_the_preview_shows_what_depends_on_other_sets(desk, event, asked_on):
    state = make_question(asked_on, "state", Kind.CHOICES, choices=["a"])
    second = make_set(event, position=1)
    make_question(second, "month", shown_if=state, shown_if_values=["a"])
    page = desk.get(reverse("questionset:preview", args=(second.pk,))).content.decode()
    assert "Question month" in page


def test_a_set_is_copied_to_an_event_of_ones_own_only(client, event, asked_on):
    make_question(asked_on, "state", Kind.CHOICE, choices=["a"])
    mine, foreign = make_event("MINE"), make_event("FOREIGN")
    client.force_login(make_user("desk@example.org", (event, Role.EDITOR), (mine, Role.REGISTRAR)))
    address = reverse("questionset:copy_to", args=(asked_on.pk,))
    assert list(client.get(address).context["form"].fields["event"].queryset) == [mine]
    assert client.post(address, {"event": foreign.pk}).status_code == 422
    answer = client.post(address, {"event": mine.pk})
    copy = QuestionSet.objects.get(event=mine)
    assert answer["Location"] == reverse("questionset:inspect", args=(copy.pk,))
    again = client.post(address, {"event": mine.pk})
    assert "has questions with these keys already: state" in again.content.decode()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DOOR, Role.FINANCE])
def test_others_of_the_team_look_and_change_nothing(client, event, asked_on, role):
    question = make_question(asked_on, "state")
    client.force_login(make_user("other@example.org", (event, role)))
    assert client.get(reverse("questionset:inspect", args=(asked_on.pk,))).status_code == 200
    for address in (
        reverse("question:edit", args=(question.pk,)),
        reverse("questionset:copy_to", args=(asked_on.pk,)),
        reverse("questionset:delete", args=(asked_on.pk,)),
    ):
        assert client.post(address, {}).status_code in {302, 404}
    assert Question.objects.get().label == question.label
