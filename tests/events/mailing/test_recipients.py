"""Whom a choice finds, and how it is told."""

import pytest

from events.catalogue.regions import WorkshopRegion
from events.mailing.recipients import Choice, in_words, people
from events.registration.dossier import Funding
from events.registration.models import Registration
from events.registration.states import State
from tests.factories import (
    make_category,
    make_country,
    make_delegation,
    make_event,
    make_question,
    make_registration,
    make_set,
)

pytestmark = pytest.mark.django_db
OF_COUNTRY = {"representing": Registration.Representing.COUNTRY, "organization": ""}


def put(registration, **fields):
    Registration.objects.filter(pk=registration.pk).update(**fields)
    return registration


def found(event, **choice):
    return set(people(event, Choice(**choice)).values_list("pk", flat=True))


@pytest.fixture
def event():
    return make_event()


def test_without_a_choice_everybody_who_comes_or_may_still_come(event) -> None:
    by_state = {state: put(make_registration(event), state=state).pk for state in State}
    make_registration(make_event())
    assert found(event) == {
        by_state[state]
        for state in (State.NOMINATED, State.PENDING, State.WAITING, State.OFFERED, State.CONFIRMED)
    }
    assert found(event, states=("waiting", "refused")) == {by_state[State.WAITING], by_state[State.REFUSED]}


def test_by_category(event) -> None:
    first, second = make_category(event, "A"), make_category(event, "B")
    of_first, _of_second = make_registration(event, first), make_registration(event, second)
    assert found(event, categories=(first.pk,)) == {of_first.pk}
    assert len(found(event, categories=(first.pk, second.pk))) == 2


def test_by_country_and_region(event) -> None:
    kenya = make_country("KE", "Kenya", workshop_region=WorkshopRegion.AFRICA)
    ghana = make_country("GH", "Ghana", workshop_region=WorkshopRegion.AFRICA)
    japan = make_country("JP", "Japan", workshop_region=WorkshopRegion.ASIA)
    pks = [make_registration(event, country=each, **OF_COUNTRY).pk for each in (kenya, ghana, japan)]
    make_registration(event)
    assert found(event, countries=(kenya.pk, japan.pk)) == {pks[0], pks[2]}
    assert found(event, regions=("africa",)) == {pks[0], pks[1]}
    assert found(event, regions=("africa",), countries=(japan.pk,)) == set()


def test_by_funding_where_none_is_also_who_has_no_decision(event) -> None:
    undecided, none, airfare, both = (make_registration(event) for _ in range(4))
    for registration, kind in ((none, "none"), (airfare, "airfare"), (both, "airfare-dsa")):
        Funding.objects.create(registration=registration, kind=kind)
    assert found(event, funding=("airfare",)) == {airfare.pk}
    assert found(event, funding=("airfare", "airfare-dsa")) == {airfare.pk, both.pk}
    assert found(event, funding=("none",)) == {undecided.pk, none.pk}


def test_members_of_delegations_only(event) -> None:
    make_category(event)
    member = put(make_registration(event), delegation=make_delegation(event))
    make_registration(event)
    assert found(event, only_delegations=True) == {member.pk}


def test_who_has_not_answered_only(event) -> None:
    question = make_question(make_set(event), "diet", is_required=True)
    open_one, done = make_registration(event), make_registration(event)
    done.answers.create(question=question, value="x", asked="?", words="x", language="en")
    assert found(event, only_missing_answers=True) == {open_one.pk}


def test_a_choice_is_stored_and_read_again() -> None:
    choice = Choice(states=("waiting",), categories=(3, 4), only_delegations=True)
    stored = choice.to_store()
    assert stored == {"states": ["waiting"], "categories": [3, 4], "only_delegations": True}
    assert Choice.stored(stored) == choice
    assert Choice.stored({}) == Choice()
    assert Choice.stored({"state": "injected"}) == Choice()


def test_a_choice_in_words(event, django_assert_num_queries) -> None:
    category = make_category(event, "A", label={"en": "Speakers"})
    choice = Choice(
        states=("waiting", "confirmed"),
        categories=(category.pk,),
        regions=("africa",),
        countries=(make_country().pk,),
        funding=("airfare",),
        only_delegations=True,
        only_missing_answers=True,
    )
    with django_assert_num_queries(2):
        words = in_words(event, choice)
    assert words == [
        ("State", "On the waiting list · Confirmed"),
        ("Category", "Speakers"),
        ("Region", "Africa"),
        ("Country", "Kenya"),
        ("Funding", "Airfare"),
        ("Delegations", "Only members of delegations"),
        ("Answers", "Only who has not answered all questions"),
    ]
    assert in_words(event, Choice()) == [("State", "Everybody who comes or may still come")]
