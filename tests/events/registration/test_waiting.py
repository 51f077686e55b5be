import datetime as dt

import pytest
from django.utils import timezone

from events.catalogue.models import Event
from events.journeys.confirm import ClosedError, confirm
from events.journeys.decide import refuse
from events.journeys.offers import accept
from events.journeys.withdraw import withdraw
from events.outbox.models import Message
from events.registration.models import Counter, Registration, StateChange
from events.registration.places import NoPlaceLeftError
from events.registration.selectors import offers, position_of, registration_terms, terms_of, with_places
from events.registration.services import CLOCK, Actor, set_capacity
from events.registration.states import NotAllowedError, State
from events.registration.waiting import (
    OfferEndedError,
    go_on_with_waiting_lists,
    lapse_offers,
    move_to_front,
    offer,
    offer_next,
    offer_places,
)
from events.registration.windows import Window
from events.tickets.models import Ticket
from tests.factories import answers, make_category, make_event, make_registration

pytestmark = pytest.mark.django_db
STAFF = Actor(StateChange.Actor.STAFF)


@pytest.fixture
def event():
    return make_event()


@pytest.fixture
def full(event):
    """A category of one place that is taken, with a waiting list."""
    category = make_category(event, capacity=1, has_waiting_list=True, offer_hours=48)
    make_registration(event, category)
    return category


def join(category, *, may_wait=True):
    """Confirm the form; the registration that came of it."""
    number = Registration.objects.count()
    outcome = confirm(
        event=category.event,
        category=category,
        answers=answers(),
        key=f"key-{number}",
        form_session="s",
        address="a",
        may_wait=may_wait,
    )
    return Registration.objects.get(reference=outcome.result)


def leave(category):
    withdraw(registration=category.registrations.get(state=State.CONFIRMED))


def states(*people):
    return [Registration.objects.get(pk=person.pk).state for person in people]


def taken(category):
    return Counter.objects.get(category=category, delegation=None).taken


def test_whoever_comes_to_a_full_category_waits_without_a_place_or_a_ticket(full):
    person = join(full)
    assert (person.state, taken(full), Ticket.objects.filter(registration=person).count()) == (
        "waiting",
        1,
        0,
    )
    assert person.waiting_since is not None
    assert [change.transition for change in person.history.all()] == ["queue"]
    assert Message.objects.get(about__registration=person.pk).kind == "waiting"


def test_nobody_is_put_on_the_list_without_knowing(full):
    with pytest.raises(NoPlaceLeftError):
        join(full, may_wait=False)
    assert Registration.objects.count() == 1


def test_without_a_waiting_list_full_is_full(event):
    category = make_category(event, capacity=0)
    with pytest.raises(NoPlaceLeftError):
        join(category)


def test_newcomers_join_behind_while_somebody_waits(full):
    first = join(full)
    leave(full)
    newcomer = join(full)
    assert states(first, newcomer) == ["waiting", "waiting"]
    assert [position_of(first), position_of(newcomer)] == [1, 2]
    assert offers(full.event)[0].window is Window.WAITING_LIST


def test_a_full_event_has_a_waiting_list_too():
    event = make_event(capacity=0)
    category = make_category(event, has_waiting_list=True)
    assert join(category).state == State.WAITING


def test_an_offer_holds_the_place_and_says_until_when(full):
    first, second = join(full), join(full)
    leave(full)
    assert offer_next(category=full) == first
    assert offer_next(category=full) is None
    first.refresh_from_db()
    assert (states(first, second), taken(full)) == (["offered", "waiting"], 1)
    left = first.offer_expires_at - timezone.now()
    assert dt.timedelta(hours=47) < left <= dt.timedelta(hours=48)
    assert Message.objects.filter(about__registration=first.pk, kind="offered").count() == 1


def test_an_offer_never_outlasts_the_event():
    today = timezone.now().date()
    event = make_event(start_date=today, end_date=today, zone="UTC", registration_closes_at=None)
    category = make_category(event, capacity=0, has_waiting_list=True, offer_hours=500)
    person = join(category)
    set_capacity(event=event, category=category, capacity=1)
    offer(registration=person, actor=STAFF)
    person.refresh_from_db()
    end = dt.datetime.combine(today + dt.timedelta(days=1), dt.time(), tzinfo=dt.UTC)
    assert person.offer_expires_at == end


@pytest.mark.parametrize("approves,state,tickets", [(False, "confirmed", 1), (True, "pending", 0)])
def test_an_accepted_offer_is_confirmed_where_nobody_approves(full, approves, state, tickets):
    full.needs_approval = approves
    full.save()
    person = join(full)
    leave(full)
    offer_next(category=full)
    assert accept(registration=person).state == state
    assert Ticket.objects.filter(registration=person).count() == tickets
    assert taken(full) == 1
    with pytest.raises(NotAllowedError):
        accept(registration=person)


def test_an_offer_that_is_let_go_frees_the_place(full, django_capture_on_commit_callbacks):
    first, second = join(full), join(full)
    leave(full)
    offer_next(category=full)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(registration=first)
    assert (states(first, second), taken(full)) == (["withdrawn", "offered"], 1)


def test_what_is_over_goes_to_the_next(full):
    first, second = join(full), join(full)
    leave(full)
    offer_next(category=full)
    assert lapse_offers() == 0
    Registration.objects.filter(pk=first.pk).update(offer_expires_at=timezone.now())
    assert go_on_with_waiting_lists() == 1
    assert (states(first, second), taken(full)) == (["lapsed", "offered"], 1)
    assert Message.objects.filter(about__registration=first.pk, kind="lapsed").count() == 1
    assert go_on_with_waiting_lists() == 0


def test_who_accepts_too_late_is_told_so_and_the_place_is_free(full):
    person = join(full)
    leave(full)
    offer_next(category=full)
    Registration.objects.filter(pk=person.pk).update(offer_expires_at=timezone.now())
    with pytest.raises(OfferEndedError):
        accept(registration=person)
    assert (states(person), taken(full)) == (["lapsed"], 0)


def test_places_go_in_the_order_of_waiting_over_all_categories():
    event = make_event(capacity=0)
    ours, theirs = (make_category(event, letter, has_waiting_list=True) for letter in "AB")
    first, second, third = join(theirs), join(ours), join(theirs)
    set_capacity(event=event, category=None, capacity=2)
    assert offer_places(event_id=event.pk) == 2
    assert states(first, second, third) == ["offered", "offered", "waiting"]


def test_a_full_category_does_not_hold_up_another():
    event = make_event(capacity=0)
    ours = make_category(event, "A", capacity=0, has_waiting_list=True)
    theirs = make_category(event, "B", has_waiting_list=True)
    first, second = join(ours), join(theirs)
    set_capacity(event=event, category=None, capacity=1)
    assert offer_places(event_id=event.pk) == 1
    assert states(first, second) == ["waiting", "offered"]


def test_staff_offer_out_of_order_only_what_is_free(full):
    first, second = join(full), join(full)
    with pytest.raises(NoPlaceLeftError):
        offer(registration=second, actor=STAFF, reason="Regional balance")
    assert states(first, second) == ["waiting", "waiting"]
    leave(full)
    offer(registration=second, actor=STAFF, reason="Regional balance")
    assert states(first, second) == ["waiting", "offered"]
    last = second.history.last()
    assert (last.transition, last.actor, last.reason) == ("offer", "staff", "Regional balance")


def test_staff_move_somebody_to_the_front(full):
    first, second, third = join(full), join(full), join(full)
    move_to_front(registration=third, actor=STAFF, reason="Regional balance")
    third.refresh_from_db()
    assert [position_of(person) for person in (third, first, second)] == [1, 2, 3]
    last = third.history.last()
    assert (last.transition, last.from_state, last.to_state) == ("advance", "waiting", "waiting")
    with pytest.raises(NotAllowedError):
        move_to_front(registration=full.registrations.get(state="confirmed"), actor=STAFF, reason="")


@pytest.mark.parametrize("state", [Event.State.POSTPONED, Event.State.CANCELLED])
def test_nothing_is_offered_or_ended_while_there_are_no_days_to_come_for(full, state):
    offered, waiting = join(full), join(full)
    leave(full)
    offer_next(category=full)
    Registration.objects.filter(pk=offered.pk).update(offer_expires_at=timezone.now())
    set_capacity(event=full.event, category=full, capacity=9)
    Event.objects.filter(pk=full.event_id).update(state=state)
    assert go_on_with_waiting_lists() == 0
    assert states(offered, waiting) == ["offered", "waiting"]
    with pytest.raises(NotAllowedError):
        offer(registration=waiting, actor=STAFF)


def test_nothing_is_offered_with_less_notice_than_needed(full):
    full.minimum_notice_days = 31
    full.save()
    Registration.objects.filter(category=full).delete()
    Counter.objects.filter(category=full).update(taken=0)
    make_registration(full.event, full)
    Registration.objects.filter(category=full).update(state=State.WAITING, waiting_since=timezone.now())
    set_capacity(event=full.event, category=full, capacity=9)
    assert go_on_with_waiting_lists() == 0


def test_a_refusal_goes_to_the_next(event, django_user_model, django_capture_on_commit_callbacks):
    category = make_category(event, capacity=1, needs_approval=True, has_waiting_list=True)
    pending, waiting = make_registration(event, category), join(category)
    officer = django_user_model.objects.create_user(email="officer@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        refuse(registration=pending, user=officer)
    assert states(pending, waiting) == ["refused", "offered"]


@pytest.mark.parametrize(
    "audience,window", [("invitation", Window.BY_INVITATION), ("nomination", Window.BY_NOMINATION)]
)
def test_a_category_that_is_not_for_everybody_is_closed_to_the_form(event, audience, window):
    category = make_category(event, audience=audience)
    with pytest.raises(ClosedError) as refused:
        join(category)
    assert refused.value.window is window
    assert registration_terms(event).window is window


def test_the_list_agrees_with_the_page(event, full, django_assert_num_queries):
    make_category(event, "I", audience="invitation")
    later = timezone.now() + dt.timedelta(days=3)
    make_category(event, "L", opens_at=later)
    with django_assert_num_queries(1):
        listed = with_places(Event.objects.filter(pk=event.pk)).get()
    with django_assert_num_queries(0):
        stands = terms_of(listed)
    assert stands == registration_terms(event)
    assert stands.window is Window.WAITING_LIST
    assert stands.opens_at == later
    assert [each.window.name for each in offers(event)] == ["WAITING_LIST", "OPEN", "NOT_YET"]


def test_a_place_is_offered_by_nobody_twice(full):
    person = join(full)
    leave(full)
    offer_next(category=full)
    with pytest.raises(NotAllowedError):
        offer(registration=person, actor=CLOCK)
