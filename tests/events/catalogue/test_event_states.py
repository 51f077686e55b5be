import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.catalogue.event_states import (
    EventState,
    EventStep,
    StepNotAllowedError,
    after,
    by_form,
    possible,
)

DRAFT, ANNOUNCED, POSTPONED, CANCELLED = EventState
WAYS = {
    (DRAFT, EventStep.ANNOUNCE): ANNOUNCED,
    (ANNOUNCED, EventStep.TAKE_BACK): DRAFT,
    (ANNOUNCED, EventStep.POSTPONE): POSTPONED,
    (ANNOUNCED, EventStep.RESCHEDULE): ANNOUNCED,
    (ANNOUNCED, EventStep.ADAPT): ANNOUNCED,
    (ANNOUNCED, EventStep.CANCEL): CANCELLED,
    (POSTPONED, EventStep.RESCHEDULE): ANNOUNCED,
    (POSTPONED, EventStep.ADAPT): POSTPONED,
    (POSTPONED, EventStep.CANCEL): CANCELLED,
}


@pytest.mark.parametrize("state", EventState)
@pytest.mark.parametrize("step", EventStep)
def test_there_is_no_way_but_these(state, step):
    if (state, step) in WAYS:
        assert after(state, step) == WAYS[state, step]
        assert step in possible(state)
    else:
        assert step not in possible(state)
        with pytest.raises(StepNotAllowedError):
            after(state, step)


@given(st.sampled_from(EventState), st.lists(st.sampled_from(EventStep), max_size=10))
def test_what_is_cancelled_stays_cancelled_and_only_new_dates_end_a_postponement(state, steps):
    for step in steps:
        before = state
        if step in possible(state):
            state = after(state, step)
        if before == CANCELLED:
            assert state == CANCELLED
        if before == POSTPONED and state == ANNOUNCED:
            assert step == EventStep.RESCHEDULE


def test_the_plain_form_announces_and_takes_back_and_nothing_else():
    assert {state: by_form(state) for state in EventState} == {
        DRAFT: (DRAFT, ANNOUNCED),
        ANNOUNCED: (ANNOUNCED, DRAFT),
        POSTPONED: (POSTPONED,),
        CANCELLED: (CANCELLED,),
    }
