import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.registration.states import (
    HOLDS_PLACE,
    NotAllowedError,
    State,
    Transition,
    after,
    initial,
    possible,
)

WAYS = {
    (State.PENDING, Transition.APPROVE): State.CONFIRMED,
    (State.PENDING, Transition.REFUSE): State.REFUSED,
    (State.PENDING, Transition.WITHDRAW): State.WITHDRAWN,
    (State.PENDING, Transition.CANCEL): State.CANCELLED,
    (State.CONFIRMED, Transition.WITHDRAW): State.WITHDRAWN,
    (State.CONFIRMED, Transition.CANCEL): State.CANCELLED,
}


def test_approval_decides_where_a_registration_begins():
    assert (initial(needs_approval=True), initial(needs_approval=False)) == (State.PENDING, State.CONFIRMED)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("transition", Transition)
def test_there_is_no_way_but_these(state, transition):
    if (state, transition) in WAYS:
        assert after(state, transition) == WAYS[state, transition]
        assert transition in possible(state)
    else:
        assert transition not in possible(state)
        with pytest.raises(NotAllowedError):
            after(state, transition)


@given(st.sampled_from([State.PENDING, State.CONFIRMED]), st.lists(st.sampled_from(Transition), max_size=8))
def test_a_place_that_was_given_back_is_never_held_again(state, acts):
    held = [state in HOLDS_PLACE]
    for act in acts:
        if act in possible(state):
            state = after(state, act)
        held.append(state in HOLDS_PLACE)
    assert held == sorted(held, reverse=True)
