"""Delegates, a contact point, officers and the clock act in any order: the rules hold after every step."""

import datetime as dt
import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from events.journeys.confirm import confirm
from events.journeys.decide import approve, cancel, refuse
from events.journeys.desk.register import register_at_desk
from events.journeys.offers import accept
from events.journeys.withdraw import withdraw
from events.registration.models import Counter, Registration, StateChange
from events.registration.places import NoPlaceLeftError, take_place
from events.registration.services import (
    CLOCK,
    CONTACT,
    DELEGATE,
    NOMINATED,
    Actor,
    change_state,
    register,
    set_capacity,
)
from events.registration.states import NotAllowedError, State, Transition
from events.registration.telling import tell_change
from events.registration.waiting import OfferEndedError, go_on_with_waiting_lists, move_to_front, offer
from events.tickets.services import issue_ticket
from tests.factories import FREE, answers, make_category, make_event
from tests.ledger import faults

pytestmark = pytest.mark.django_db

REFUSED = (NotAllowedError, NoPlaceLeftError, OfferEndedError)


class Crowd(RuleBasedStateMachine):
    """An event of five places with three categories, one of which needs approval and one a short line."""

    people = Bundle("people")

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.event = make_event(capacity=5)
        self.categories = [
            make_category(self.event, "A", capacity=3, has_waiting_list=True),
            make_category(self.event, "B", capacity=2, has_waiting_list=True, needs_approval=True),
            make_category(self.event, "C", capacity=None),
        ]
        users = get_user_model().objects
        self.officers = [users.create_user(email=f"officer{number}@example.org") for number in range(2)]
        self.number = 0

    @initialize(target=people)
    def a_full_house(self) -> Any:
        """Both short categories are full, and in each a nominee and somebody in the line."""
        nominees = [self.a_contact_point_nominates(which) for which in (0, 1)]
        others = [self.somebody_registers(which, may_wait=True) for which in (0, 0, 1, 0, 1, 1)]
        return multiple(*nominees, *others)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def _try(self, act: Callable[[], Any]) -> None:
        """Nothing of what is refused is kept."""
        with suppress(*REFUSED), transaction.atomic():
            act()

    @rule(target=people, which=st.integers(0, 2), may_wait=st.booleans())
    def somebody_registers(self, which: int, may_wait: bool) -> int | None:
        self.number += 1
        try:
            outcome = confirm(
                event=self.event,
                category=self.categories[which],
                answers=answers(),
                key=f"key-{self.number}",
                form_session="s",
                address="a",
                may_wait=may_wait,
            )
        except NoPlaceLeftError:
            return None
        return Registration.objects.get(reference=outcome.result).pk

    @rule(target=people, which=st.integers(0, 2))
    def a_contact_point_nominates(self, which: int) -> int | None:
        category = self.categories[which]
        try:
            with transaction.atomic():
                person = register(
                    event=self.event, category=category, answers=answers(), price=FREE, beginning=NOMINATED
                )
                take_place(event_id=self.event.pk, category_id=category.pk)
        except NoPlaceLeftError:
            return None
        return person.pk

    @rule(target=people, which=st.integers(0, 2), officer=st.integers(0, 1))
    def somebody_stands_at_the_desk(self, which: int, officer: int) -> int | None:
        self.number += 1
        try:
            outcome = register_at_desk(
                event=self.event,
                category=self.categories[which],
                answers=answers(),
                user=self.officers[officer],
                key=f"key-{self.number}",
            )
        except NoPlaceLeftError:
            return None
        return Registration.objects.get(reference=outcome.result).pk

    def _person(self, pk: int | None) -> Registration | None:
        return Registration.objects.filter(pk=pk).first() if pk else None

    @rule(pk=people, act=st.sampled_from([approve, refuse, cancel]), officer=st.integers(0, 1))
    def an_officer_decides(self, pk: int | None, act: Callable[..., Any], officer: int) -> None:
        if person := self._person(pk):
            self._try(lambda: act(registration=person, user=self.officers[officer], reason="other why"))

    @rule(pk=people, act=st.sampled_from([offer, move_to_front]), officer=st.integers(0, 1))
    def an_officer_minds_the_balance(self, pk: int | None, act: Callable[..., Any], officer: int) -> None:
        staff = Actor(StateChange.Actor.STAFF, self.officers[officer])
        if person := self._person(pk):
            self._try(lambda: act(registration=person, actor=staff, reason="balance"))

    @rule(pk=people, act=st.sampled_from([withdraw, accept]))
    def a_delegate_answers(self, pk: int | None, act: Callable[..., Any]) -> None:
        if person := self._person(pk):
            self._try(lambda: act(registration=person))

    @rule(pk=people)
    def a_nominee_confirms(self, pk: int | None) -> None:
        def complete() -> None:
            done = change_state(registration=person, transition=Transition.COMPLETE, actor=DELEGATE)
            if done.state == State.CONFIRMED:
                issue_ticket(registration=done)
            tell_change(done)

        if person := self._person(pk):
            self._try(complete)

    @rule(pk=people, transition=st.sampled_from(Transition), actor=st.sampled_from([CLOCK, CONTACT]))
    def somebody_tries_what_there_is_no_way_for(
        self, pk: int | None, transition: Transition, actor: Actor
    ) -> None:
        """Every transition that the state has no way for is refused, whoever tries it."""
        person = self._person(pk)
        if person is None or person.state not in {State.WITHDRAWN, State.CANCELLED, State.REFUSED}:
            return
        with pytest.raises(NotAllowedError):
            change_state(registration=person, transition=transition, actor=actor)

    @rule(pk=people)
    def an_offer_runs_out(self, pk: int | None) -> None:
        Registration.objects.filter(pk=pk, state=State.OFFERED).update(offer_expires_at=timezone.now())

    @rule()
    def the_clock_ticks(self) -> None:
        go_on_with_waiting_lists()

    @rule(which=st.integers(0, 1), more=st.integers(0, 2))
    def an_officer_adds_places(self, which: int, more: int) -> None:
        counter = Counter.objects.get(category=self.categories[which], delegation=None)
        set_capacity(
            event=self.event, category=self.categories[which], capacity=(counter.capacity or 0) + more
        )

    @invariant()
    def rows_counters_histories_and_tickets_agree(self) -> None:
        assert faults(self.event) == []

    @invariant()
    def nobody_is_confirmed_without_the_approval_that_is_needed(self) -> None:
        confirmed = Registration.objects.filter(category=self.categories[1], state=State.CONFIRMED)
        approved = StateChange.objects.filter(transition=Transition.APPROVE).values("registration")
        assert not confirmed.exclude(pk__in=approved).exists()

    @invariant()
    def whoever_waits_has_a_turn_and_whoever_is_offered_an_end(self) -> None:
        lines = Registration.objects.filter(state=State.WAITING, waiting_since=None)
        offers = Registration.objects.filter(state=State.OFFERED, offer_expires_at=None)
        assert not lines.exists()
        assert not offers.exists()


@pytest.mark.drill
def test_whatever_they_do_the_rules_hold() -> None:
    run_state_machine_as_test(
        Crowd,
        settings=settings(
            max_examples=300 if os.environ.get("DRILL") == "full" else 15,
            stateful_step_count=25,
            deadline=dt.timedelta(seconds=60),
            suppress_health_check=list(HealthCheck),
        ),
    )
