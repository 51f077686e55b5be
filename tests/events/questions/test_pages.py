from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.questions.kinds import Kind
from events.questions.models import Question, QuestionSet
from events.questions.pages import Page, asked, is_asked, only_asked, pages

YES_NO = ["yes", "no"]


def question(
    pk: int, shown_if: Question | None = None, values: tuple[str, ...] = (), **fields: Any
) -> Question:
    return Question(
        pk=pk, kind=fields.pop("kind", Kind.CHOICE), shown_if=shown_if, shown_if_values=list(values), **fields
    )


def question_set(pk: int, *questions: Question) -> QuestionSet:
    made = QuestionSet(pk=pk)
    known = Question.objects.none()
    known._result_cache = list(questions)
    made._prefetched_objects_cache = {"questions": known}
    return made


def keys(found: list[Page]) -> list[list[int]]:
    return [[each.pk for each in page.questions] for page in found]


def test_a_question_that_depends_on_one_of_its_set_comes_on_a_following_page():
    state = question(1)
    month = question(2, state, ("piloting",))
    day = question(3, month, ("january",))
    other = question(4)
    assert keys(pages([question_set(1, month, state, day, other)])) == [[1, 4], [2], [3]]


def test_a_question_that_depends_on_an_earlier_set_is_on_the_first_page_of_its_own():
    state = question(1)
    month = question(2, state, ("piloting",))
    assert keys(pages([question_set(1, state), question_set(2, month, question(3))])) == [[1], [2, 3]]


def test_retired_questions_are_left_out_with_what_waits_for_them():
    state = question(1, is_retired=True)
    month = question(2, state, ("piloting",))
    (page,) = pages([question_set(1, state, month)])
    assert [each.pk for each in page.questions] == [2]
    assert asked(page, {1: "piloting"}) == []


@pytest.mark.parametrize(
    "kind, value, codes, expected",
    [
        (Kind.CHOICE, "piloting", ("piloting", "gens"), True),
        (Kind.CHOICE, "paper", ("piloting", "gens"), False),
        (Kind.CHOICES, ["a", "b"], ("b",), True),
        (Kind.CHOICES, ["a"], ("b",), False),
        (Kind.CONSENT, True, ("yes",), True),
        (Kind.COUNTRY, "KE", ("KE",), True),
        (Kind.TEXT, "piloting", ("piloting",), False),
        (Kind.CHOICE, "piloting", (), False),
    ],
)
def test_a_condition_holds_by_the_codes_of_the_answer(kind, value, codes, expected):
    parent = question(1, kind=kind)
    assert is_asked(question(2, parent, codes), {1: value}) is expected


def test_an_answer_to_a_question_that_is_not_asked_counts_for_nothing():
    first = question(1)
    second = question(2, first, ("yes",))
    third = question(3, second, ("yes",))
    assert not is_asked(third, {1: "no", 2: "yes"})
    assert not is_asked(third, {2: "yes"})
    assert is_asked(third, {1: "yes", 2: "yes"})


def test_a_second_step_may_depend_on_what_was_answered_when_registering():
    parent = question(1)
    child = question(2, parent, ("yes",))
    second_step = pages([question_set(2, child)])
    assert only_asked(second_step, {2: "no"}, {1: "yes"}) == {2: "no"}
    assert only_asked(second_step, {2: "no"}, {1: "no"}) == {}
    assert only_asked(second_step, {1: "yes", 2: "no"}) == {}


@st.composite
def graphs(draw: st.DrawFn) -> list[QuestionSet]:
    """Any graph of conditions, circles and forward references too, spread over up to three sets."""
    count = draw(st.integers(1, 8))
    made = [question(pk, is_retired=draw(st.integers(0, 9)) == 0) for pk in range(1, count + 1)]
    for each in made:
        parent = draw(st.none() | st.sampled_from(made))
        if parent is not None:
            each.shown_if = parent
            each.shown_if_values = draw(st.lists(st.sampled_from(YES_NO), max_size=2))
    homes = [draw(st.integers(0, 2)) for _ in made]
    return [
        question_set(home + 1, *(q for q, where in zip(made, homes, strict=True) if where == home))
        for home in range(3)
    ]


VALUES = st.dictionaries(st.integers(1, 9), st.sampled_from(YES_NO))


@given(graphs(), VALUES)
def test_whatever_the_graph_every_question_is_on_one_page_at_most(sets, values):
    found = pages(sets)
    shown = [pk for page in keys(found) for pk in page]
    assert len(shown) == len(set(shown))
    assert all(page.questions for page in found)
    for page in found:
        here = {each.pk for each in page.questions}
        assert not any(each.shown_if_id in here for each in page.questions), "decided by an earlier page"
        assert {each.pk for each in asked(page, values)} <= here


@given(graphs(), VALUES)
def test_whatever_is_posted_no_answer_to_an_unasked_question_comes_in(sets, values):
    kept = only_asked(pages(sets), values)
    by_pk = {each.pk: each for one in sets for each in one.questions.all()}
    assert kept.items() <= values.items()
    for pk in kept:
        each, way = by_pk[pk], set()
        while each.shown_if is not None:
            assert each.pk not in way
            way.add(each.pk)
            assert kept[each.shown_if.pk] in each.shown_if_values
            each = each.shown_if
    assert only_asked(pages(sets), kept) == kept


@given(graphs(), VALUES, st.sets(st.integers(1, 9)))
def test_hidden_values_that_are_edited_change_nothing_else(sets, values, planted):
    """Values of unasked questions may be added at will: the rest stays as it was."""
    honest = only_asked(pages(sets), values)
    unasked = {pk: "yes" for pk in planted if pk not in honest}
    edited = only_asked(pages(sets), unasked | honest)
    assert honest.items() <= edited.items()
    assert edited.keys() - honest.keys() <= unasked.keys()
