import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.registration.states import (
    ENDED,
    HOLDS_PLACE,
    NotAllowedError,
    State,
    Transition,
    after,
    begins,
    possible,
)

WAYS = {
    ("nominated", "complete"): ("pending", "confirmed"),
    ("nominated", "withdraw"): "withdrawn",
    ("nominated", "cancel"): "cancelled",
    ("nominated", "replace"): "withdrawn",
    ("pending", "approve"): "confirmed",
    ("pending", "refuse"): "refused",
    ("pending", "withdraw"): "withdrawn",
    ("pending", "cancel"): "cancelled",
    ("pending", "replace"): "withdrawn",
    ("waiting", "advance"): "waiting",
    ("waiting", "offer"): "offered",
    ("waiting", "refuse"): "refused",
    ("waiting", "withdraw"): "withdrawn",
    ("waiting", "cancel"): "cancelled",
    ("offered", "accept"): ("pending", "confirmed"),
    ("offered", "lapse"): "lapsed",
    ("offered", "withdraw"): "withdrawn",
    ("offered", "cancel"): "cancelled",
    ("confirmed", "withdraw"): "withdrawn",
    ("confirmed", "cancel"): "cancelled",
    ("confirmed", "replace"): "withdrawn",
}
"""Where each way leads; of a pair, the first where the Secretariat approves."""


def leads_to(state: State, transition: Transition, *, needs_approval: bool) -> str:
    way = WAYS[state, transition]
    return way if isinstance(way, str) else way[not needs_approval]


@pytest.mark.parametrize(
    "transition, needs_approval, state",
    [
        (Transition.SUBMIT, True, State.PENDING),
        (Transition.SUBMIT, False, State.CONFIRMED),
        (Transition.QUEUE, True, State.WAITING),
        (Transition.QUEUE, False, State.WAITING),
        (Transition.NOMINATE, True, State.NOMINATED),
        (Transition.NOMINATE, False, State.NOMINATED),
    ],
)
def test_where_a_registration_begins(transition, needs_approval, state):
    assert begins(transition, needs_approval=needs_approval) == state


@pytest.mark.parametrize("needs_approval", [True, False])
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("transition", Transition)
def test_there_is_no_way_but_these(state, transition, needs_approval):
    if (state, transition) in WAYS:
        expected = leads_to(state, transition, needs_approval=needs_approval)
        assert after(state, transition, needs_approval=needs_approval) == expected
        assert transition in possible(state)
    else:
        assert transition not in possible(state)
        with pytest.raises(NotAllowedError):
            after(state, transition, needs_approval=needs_approval)


@pytest.mark.parametrize("state", State)
def test_what_has_ended_leads_nowhere(state):
    assert (possible(state) == ()) == (state in ENDED)


@given(st.sampled_from(State), st.lists(st.sampled_from(Transition), max_size=8), st.booleans())
def test_nobody_is_confirmed_without_the_approval_that_is_needed(state, acts, needs_approval):
    came_confirmed, approved = state == State.CONFIRMED, False
    for act in acts:
        if act in possible(state):
            state = after(state, act, needs_approval=needs_approval)
            approved |= act == Transition.APPROVE
    assert state != State.CONFIRMED or came_confirmed or approved or not needs_approval


@given(st.sampled_from(sorted(HOLDS_PLACE)), st.lists(st.sampled_from(Transition), max_size=8), st.booleans())
def test_a_place_that_was_given_back_is_never_held_again(state, acts, needs_approval):
    held = [state in HOLDS_PLACE]
    for act in acts:
        if act in possible(State(state)):
            state = after(State(state), act, needs_approval=needs_approval)
        held.append(state in HOLDS_PLACE)
    assert held == sorted(held, reverse=True)
