import datetime as dt

import pytest
from django.utils import timezone
from django.utils.translation import override

from events.journeys.confirm import ClosedError, confirm
from events.once.models import IdempotencyKey
from events.once.services import KeyReusedError
from events.outbox.models import Message
from events.registration.models import Counter, Registration, StateChange
from events.registration.places import NoPlaceLeftError
from events.registration.windows import Window
from events.tickets.models import Ticket
from tests.factories import answers, make_category, make_country, make_event

pytestmark = pytest.mark.django_db


def confirmed(event, given, **changes):
    values = {"category": event.categories.first(), "key": "k", "form_session": "s", "address": "a"} | changes
    return confirm(event=event, answers=given, **values)


def rows():
    models = (IdempotencyKey, Registration, StateChange, Ticket, Message)
    return [model.objects.count() for model in models]


def test_all_is_written_together():
    event = make_event(capacity=1)
    make_category(event)
    outcome = confirmed(event, answers())
    assert outcome.result == Registration.objects.get().reference
    assert rows() == [1, 1, 1, 1, 1]
    assert sorted(Counter.objects.values_list("taken", flat=True)) == [1, 1]


def test_without_a_place_nothing_is_written():
    event = make_event(capacity=0)
    make_category(event)
    with pytest.raises(NoPlaceLeftError):
        confirmed(event, answers())
    assert rows() == [0, 0, 0, 0, 0]
    assert set(Counter.objects.values_list("taken", flat=True)) == {0}


def test_a_closed_window_says_which():
    event = make_event(registration_closes_at=timezone.now() - dt.timedelta(seconds=1))
    make_category(event)
    with pytest.raises(ClosedError) as refusal:
        confirmed(event, answers())
    assert refusal.value.window is Window.CLOSED
    assert rows() == [0, 0, 0, 0, 0]


def test_the_same_answers_are_the_same_in_every_language():
    country = make_country("VN", "Viet Nam")
    country.name["ar"] = "فييت نام"
    event = make_event()
    make_category(event)
    given = answers(country=country)
    with override("en"):
        first = confirmed(event, given)
    with override("ar"):
        assert confirmed(event, given).result == first.result


def test_another_category_is_another_body():
    event = make_event()
    category, other = make_category(event, "A"), make_category(event, "B")
    given = answers()
    confirmed(event, given, category=category)
    with pytest.raises(KeyReusedError):
        confirmed(event, given, category=other)
    assert Registration.objects.count() == 1


def test_the_price_is_frozen_on_the_registration():
    event = make_event()
    make_category(event)
    confirmed(event, answers())
    registration = Registration.objects.get()
    assert (registration.price_minor, registration.currency, registration.price_explanation) == (
        0,
        "USD",
        "Free of charge",
    )
