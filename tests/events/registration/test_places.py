"""What makes the pages of an event be told of its places is what they say of them."""

import pytest

from events.catalogue.models import Event
from events.registration.models import Counter
from events.registration.places import _words
from events.registration.selectors import window_of, with_places
from events.registration.windows import Window
from tests.factories import make_category, make_event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("capacity", [None, 0, 1, 5, 6, 9, 10, 59, 60, 61, 100])
def test_the_words_are_those_of_the_pages(capacity):
    event = make_event(capacity=capacity)
    make_category(event)
    differing = []
    for taken in range(1 + (101 if capacity is None else capacity)):
        Counter.objects.filter(event=event, category=None).update(taken=taken)
        shown = with_places(Event.objects.all()).get()
        if _words(capacity, taken) != (window_of(shown) is Window.FULL, shown.few_left):
            differing.append(taken)
    assert differing == []
