import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_cms.documents.agenda import agenda_order


def test_a_meeting_counts_by_value():
    numbers = ["3.10", "10", "", "2", "3.2", "3", "3.1", "1", "3.1.a", "INF/2", "INF/10", "3.1 Add.1"]
    assert sorted(numbers, key=agenda_order) == [
        "1", "2", "3", "3.1", "3.1.a", "3.1 Add.1", "3.2", "3.10", "10", "INF/2", "INF/10", "",
    ]  # fmt: skip


@pytest.mark.parametrize("one,other", [("2", "02"), ("3.1", "3-1"), ("inf/2", "INF 2")])
def test_punctuation_zeros_and_case_do_not_count(one, other):
    assert agenda_order(one) == agenda_order(other)


@given(st.lists(st.text(max_size=20)))
def test_any_texts_can_be_sorted(texts):
    assert sorted(sorted(texts, key=agenda_order), key=agenda_order) == sorted(texts, key=agenda_order)  # noqa: C414


@given(
    st.lists(st.integers(0, 500), min_size=1, max_size=4),
    st.lists(st.integers(0, 500), min_size=1, max_size=4),
)
def test_numbers_sort_as_lists_of_numbers(one, other):
    texts = [".".join(map(str, parts)) for parts in (one, other)]
    assert (agenda_order(texts[0]) < agenda_order(texts[1])) == (one < other)
