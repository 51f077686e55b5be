import pytest

from events.questions.kinds import Kind
from events.questions.models import Question, QuestionSet
from events.questions.selectors import question_sets, read_sets
from events.questions.services import CopyError, choices_add, set_copy, sets_copy
from tests.factories import make_category, make_event, make_question, make_set

pytestmark = pytest.mark.django_db
Moment = QuestionSet.Moment


def told(event):
    """Everything that is asked in the event, by what a copy must keep."""
    return [
        (
            str(each.title),
            each.moment,
            sorted(category.letter for category in each.categories.all()),
            [
                (
                    question.key,
                    question.kind,
                    question.label,
                    question.shown_if and question.shown_if.key,
                    question.shown_if_values,
                    question.retention_days,
                    [(choice.code, choice.label) for choice in question.choices.all()],
                )
                for question in each.questions.all()
            ],
        )
        for each in read_sets(event)
    ]


@pytest.fixture
def source():
    event = make_event()
    category = make_category(event, "D")
    first = make_set(event, title={"en": "First", "fr": "Premier"})
    first.categories.add(category)
    state = make_question(first, "state", Kind.CHOICE, choices=["gens", "paper"], retention_days=30)
    make_question(first, "month", shown_if=state, shown_if_values=["gens"])
    second = make_set(event, title={"en": "Second"}, moment=Moment.APPROVED, position=1)
    make_question(second, "visa", Kind.VISA, shown_if=state, shown_if_values=["gens", "paper"])
    return event


def test_every_set_is_taken_over_into_the_next_edition(source):
    target = make_event()
    make_category(target, "D")
    assert sets_copy(source=source, event=target) == 2
    assert told(target) == told(source)
    mine = {question.pk for each in read_sets(target) for question in each.questions.all()}
    parents = Question.objects.filter(pk__in=mine, shown_if__isnull=False).values_list("shown_if", flat=True)
    assert set(parents) <= mine


def test_what_is_no_longer_asked_is_not_taken_over(source):
    state = Question.objects.get(key="state")
    state.choices.filter(code="paper").update(is_retired=True)
    Question.objects.filter(key="visa").update(is_retired=True)
    target = make_event()
    sets_copy(source=source, event=target)
    ((_title, _moment, _letters, questions), (*_rest, second)) = told(target)
    assert [question[0] for question in questions] == ["state", "month"]
    assert [code for code, _label in questions[0][-1]] == ["gens"]
    assert second == []


def test_one_set_is_copied_with_its_conditions(source):
    target = make_event()
    first, second = read_sets(source)
    set_copy(question_set=first, event=target)
    set_copy(question_set=second, event=target)
    assert [questions for *_set, questions in told(target)] == [
        questions for *_set, questions in told(source)
    ]


def test_a_copy_without_what_it_depends_on_or_a_second_one_is_refused(source):
    first, second = read_sets(source)
    target = make_event()
    with pytest.raises(CopyError) as refused:
        set_copy(question_set=second, event=target)
    assert refused.value.missing == ["state"]
    set_copy(question_set=first, event=target)
    with pytest.raises(CopyError) as refused:
        set_copy(question_set=first, event=target)
    assert refused.value.taken == ["month", "state"]
    assert QuestionSet.objects.filter(event=target).count() == 1


def test_choices_get_codes_after_their_labels():
    question = make_question(make_set(make_event()), "it", Kind.CHOICE, choices=["not-yet"])
    choices_add(question=question, labels=["Not yet", "Not yet!", "是", "L" * 200])
    assert [(choice.code, choice.position) for choice in question.choices.all()] == [
        ("not-yet", 0),
        ("not-yet-2", 1),
        ("not-yet-3", 2),
        ("choice", 3),
        ("l" * 36, 4),
    ]


def test_sets_are_those_of_the_moment_and_the_category_in_few_queries(source, django_assert_num_queries):
    everybody = make_set(source, title={"en": "For all"}, position=2)
    delegate = source.categories.get()
    observer = make_category(source, "O")
    with django_assert_num_queries(4):
        found = question_sets(source, category=observer, moment=Moment.REGISTERING)
        assert [each.pk for each in found] == [everybody.pk]
    with django_assert_num_queries(4):
        first, _last = question_sets(source, category=delegate, moment=Moment.REGISTERING)
        assert [str(choice) for choice in first.questions.all()[0].choices.all()] == ["Gens", "Paper"]
        assert first.questions.all()[1].shown_if is first.questions.all()[0]
        assert first.event == source
    assert len(question_sets(source, category=None, moment=Moment.APPROVED)) == 1


def test_sets_are_read_once_in_a_moment(source, settings, django_assert_num_queries):
    settings.CACHES = settings.CACHES | {
        "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "sets"}
    }
    question_sets(source, category=None, moment=Moment.REGISTERING)
    with django_assert_num_queries(0):
        (first,) = question_sets(source, category=None, moment=Moment.REGISTERING)
        month = first.questions.all()[1]
        assert month.shown_if is first.questions.all()[0]
        assert month.question_set.event == source
    make_question(first, "late")
    choices_add(question=first.questions.all()[0], labels=["Another"])
    assert len(question_sets(source, category=None, moment=Moment.REGISTERING)[0].questions.all()) == 3
