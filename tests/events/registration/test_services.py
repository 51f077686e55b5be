import pytest
from django.db import IntegrityError, transaction

from events.registration.models import Counter, StateChange
from events.registration.places import NoPlaceLeftError, take_place
from events.registration.services import DELEGATE, FOLDED_NAME_LENGTH, change_state, set_capacity
from events.registration.states import NotAllowedError, State, Transition
from tests.factories import make_category, make_event, make_registration

pytestmark = pytest.mark.django_db


def taken(event):
    return list(Counter.objects.filter(event=event).order_by("pk").values_list("taken", flat=True))


def test_a_name_that_grows_when_folded_still_fits_its_column():
    registration = make_registration(make_event(), name="\ufdfa" * 120)
    registration.refresh_from_db()
    assert len(registration.name_folded) == FOLDED_NAME_LENGTH


def test_a_place_is_taken_from_both_counters_or_from_none():
    event = make_event(capacity=5)
    category = make_category(event, capacity=1)
    take_place(event_id=event.pk, category_id=category.pk)
    with pytest.raises(NoPlaceLeftError) as refusal, transaction.atomic():
        take_place(event_id=event.pk, category_id=category.pk)
    assert refusal.value.category_full
    assert taken(event) == [1, 1]


def test_a_full_event_says_so():
    event = make_event(capacity=0)
    with pytest.raises(NoPlaceLeftError) as refusal, transaction.atomic():
        take_place(event_id=event.pk, category_id=make_category(event).pk)
    assert not refusal.value.category_full


def test_ending_gives_the_place_back_once_and_writes_the_audit_line():
    event = make_event(capacity=1)
    registration = make_registration(event, make_category(event, capacity=1))
    changed = change_state(
        registration=registration, transition=Transition.WITHDRAW, actor=DELEGATE, reason="ill"
    )
    assert changed.state == State.WITHDRAWN
    assert taken(event) == [0, 0]
    with pytest.raises(NotAllowedError):
        change_state(registration=registration, transition=Transition.WITHDRAW, actor=DELEGATE)
    assert taken(event) == [0, 0]
    lines = StateChange.objects.filter(registration=registration)
    assert list(lines.values_list("transition", "from_state", "to_state", "actor", "reason")) == [
        ("submit", "", "confirmed", "delegate", ""),
        ("withdraw", "confirmed", "withdrawn", "delegate", "ill"),
    ]


def test_approval_keeps_the_place():
    event = make_event()
    registration = make_registration(event, make_category(event, needs_approval=True))
    change_state(registration=registration, transition=Transition.APPROVE, actor=DELEGATE)
    assert taken(event) == [1, 1]


def test_capacity_never_falls_below_what_is_taken():
    event = make_event(capacity=5)
    make_registration(event)
    with pytest.raises(IntegrityError), transaction.atomic():
        set_capacity(event=event, category=None, capacity=0)
    set_capacity(event=event, category=None, capacity=1)
