import pytest
from django.utils import timezone

from events.catalogue.services import load_catalogue
from events.delegations.models import ContactPoint, Delegation
from events.journeys.demo.delegations import add_delegations
from events.journeys.demo.next_editions import add_next_editions
from events.journeys.demo.real_events import add_real_events
from events.outbox.models import Message
from events.registration.models import Counter

pytestmark = pytest.mark.django_db


def test_delegations_are_added_once_and_nobody_is_written_to():
    load_catalogue()
    add_real_events()
    add_next_editions(today=timezone.now().date())
    assert len(add_delegations()) == 18
    assert add_delegations() == []
    assert (ContactPoint.objects.count(), Delegation.objects.count()) == (9, 18)
    assert not ContactPoint.objects.filter(country=None, rppo=None).exists()
    places = Counter.objects.filter(
        delegation__event__code="DEMO-CPM", delegation__country__iso2="KE", category__isnull=False
    )
    assert dict(places.values_list("category__letter", "capacity")) == {"E": 1, "D": 12, "O": 2, "S": 0}
    assert not Message.objects.exists()
