import pytest

from events.registration.models import Counter
from events.registration.quotas import TooFewError, open_counters, quotas_of, set_places
from events.registration.services import set_capacity
from tests.events.journeys.delegation.nominees import nominate_some
from tests.factories import make_category, make_contact_point, make_country, make_delegation, make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def delegation():
    event = make_event()
    make_category(event, "D", delegation_places=3)
    return make_delegation(event)


def categories(delegation):
    return list(delegation.event.categories.order_by("letter"))


def stands(delegation):
    quotas = quotas_of(delegation, categories(delegation))
    return [(quota.places, quota.taken, quota.left) for quota in quotas.of_categories], quotas.left


def test_the_fewest_of_all_counters_are_left(delegation):
    nominate_some(delegation, 1)
    assert stands(delegation) == ([(3, 1, 2)], None)
    set_capacity(event=delegation.event, category=categories(delegation)[0], capacity=2)
    assert stands(delegation) == ([(3, 1, 1)], None)
    set_capacity(event=delegation.event, category=None, capacity=1)
    assert stands(delegation) == ([(3, 1, 0)], 0)


def test_a_category_newer_than_the_delegation_counts_from_the_first_nomination(delegation):
    newer = make_category(delegation.event, "A", delegation_places=1)
    assert stands(delegation)[0] == [(1, 0, 1), (3, 0, 3)]
    nominate_some(delegation, 1)
    assert Counter.objects.filter(delegation=delegation, category=newer).exists()
    assert stands(delegation)[0] == [(1, 0, 1), (3, 1, 2)]


def test_counters_are_opened_once(delegation):
    before = Counter.objects.count()
    open_counters(event=delegation.event, delegations=[delegation])
    assert Counter.objects.count() == before


def test_fewer_places_than_are_taken_change_nothing_for_anybody(delegation):
    other = make_delegation(delegation.event, make_contact_point(make_country("FR", "France")))
    nominate_some(other, 2)
    (category,) = categories(delegation)
    with pytest.raises(TooFewError) as refused:
        set_places(event=delegation.event, delegations=[delegation, other], places={category: 1})
    assert (refused.value.delegation, refused.value.taken) == (other, 2)
    assert stands(delegation)[0] == [(3, 0, 3)]
    set_places(event=delegation.event, delegations=[delegation, other], places={category: None})
    assert stands(other)[0] == [(None, 2, None)]
