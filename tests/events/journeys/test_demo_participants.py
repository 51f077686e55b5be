"""Generated participants: repeatable, counted as the services would, idempotent."""

import unicodedata

import pytest
from django.db.models import Count
from django.utils import timezone

from events.catalogue.models import Country
from events.catalogue.services import load_catalogue
from events.checkin.models import Admission, Scan
from events.journeys.demo.next_editions import add_next_editions
from events.journeys.demo.participants import add_participants
from events.journeys.demo.people import chance_of, country_order, person
from events.journeys.demo.real_events import add_real_events
from events.outbox.models import Message
from events.registration.models import Counter, Registration, StateChange
from events.registration.states import ENDED, HOLDS_PLACE, State, Transition, after
from events.tickets.models import Ticket
from events.typed.names import clean_text, fold


@pytest.fixture
def editions(db):
    load_catalogue()
    add_real_events()
    return add_next_editions(today=timezone.now().date())


def who_is_there():
    fields = (
        "email",
        "name",
        "event__code",
        "category__letter",
        "state",
        "country__iso2",
        "gender",
        "function",
    )
    return list(Registration.objects.order_by("email").values_list(*fields))


def assert_counters_equal_rows():
    for counter in Counter.objects.all():
        rows = Registration.objects.filter(event=counter.event_id, state__in=HOLDS_PLACE)
        if counter.category_id:
            rows = rows.filter(category=counter.category_id)
        assert counter.taken == rows.count(), counter.event.code


def test_a_person_is_the_same_in_every_database():
    assert person(7, "VN", chance_of(7)) == person(7, "VN", chance_of(7))
    assert person(7, "VN", chance_of(7)) != person(8, "VN", chance_of(8))


def test_names_are_such_as_the_form_accepts():
    codes = ["GB", "RU", "SA", "CN", "VN", "IR", "UA", "FM", "MG", "XX", "LK", "IS"]
    names = [person(number, codes[number % len(codes)], chance_of(number)).name for number in range(1, 600)]
    assert [name for name in names if clean_text(name) != name or len(name) > 120] == []


def test_regions_take_turns():
    order = country_order(
        {"GB": "europe", "FR": "europe", "CN": "asia", "US": "north-america", "ES": "europe"}
    )
    assert order == ["GB", "CN", "US", "ES", "FR"]


def test_sixty_participants_show_all_regions_and_scripts(editions):
    assert add_participants(count=60) == 60
    regions = set(Registration.objects.exclude(country=None).values_list("country__fao_region", flat=True))
    assert len(regions) == 7
    scripts = {
        unicodedata.name(name[0]).split()[0] for name in Registration.objects.values_list("name", flat=True)
    }
    assert {"LATIN", "ARABIC", "CYRILLIC", "CJK"} <= scripts
    longest = max(len(str(country)) for country in Country.objects.filter(registrations__isnull=False))
    assert longest == len("United Kingdom of Great Britain and Northern Ireland")


def test_the_same_people_whatever_the_order_of_runs(editions):
    add_participants(count=30)
    assert add_participants(count=80) == 50
    in_two_runs = who_is_there()
    Admission.objects.all().delete()
    Scan.objects.all().delete()
    Registration.objects.all().delete()
    Counter.objects.update(taken=0)
    add_participants(count=80)
    assert who_is_there() == in_two_runs


def test_a_second_run_with_the_same_number_adds_nobody(editions):
    add_participants(count=50)
    before = (who_is_there(), list(Counter.objects.order_by("pk").values()))
    assert add_participants(count=50) == 0
    assert add_participants(count=20) == 0
    assert (who_is_there(), list(Counter.objects.order_by("pk").values())) == before


def test_counters_history_tickets_and_admissions_agree(editions):
    add_participants(count=300)
    assert_counters_equal_rows()
    states = {each["state"] for each in Registration.objects.values("state").annotate(n=Count("pk"))}
    assert states == {State.PENDING, State.CONFIRMED, *ENDED} - {State.LAPSED}
    for registration in Registration.objects.prefetch_related("history").select_related("category", "event"):
        first, *rest = registration.history.all()
        assert (first.transition, first.from_state) == (Transition.SUBMIT, "")
        assert first.to_state == (State.PENDING if registration.category.needs_approval else State.CONFIRMED)
        state = State(first.to_state)
        for change in rest:
            assert change.from_state == state
            state = after(
                state, Transition(change.transition), needs_approval=registration.category.needs_approval
            )
        assert registration.state == state
        assert (registration.name_folded, registration.category.event) == (
            fold(registration.name),
            registration.event,
        )
    valid = Ticket.objects.filter(revoked_at=None)
    assert valid.count() == Registration.objects.filter(state=State.CONFIRMED).count()
    assert Ticket.objects.exclude(revoked_at=None).count() > 0
    admitted = Admission.objects.select_related("registration", "checkpoint", "scan")
    assert 0 < admitted.count() == Scan.objects.count()
    for admission in admitted:
        assert admission.registration.state == State.CONFIRMED
        assert admission.checkpoint.event_id == admission.registration.event_id
        assert admission.at == admission.scan.scanned_at <= timezone.now()


def test_no_mail_waits_for_generated_people(editions):
    add_participants(count=40)
    assert not Message.objects.exists()
    assert all(
        email.endswith("@example.org") for email in Registration.objects.values_list("email", flat=True)
    )


def test_a_counter_that_would_be_nearly_full_gets_twice_the_places(editions):
    workshop = next(event for event in editions if event.code == "DEMO-RW")
    Counter.objects.filter(event=workshop, category=None).update(capacity=5)
    add_participants(count=200)
    counter = Counter.objects.get(event=workshop, category=None)
    assert counter.taken > 5
    assert counter.capacity == 2 * counter.taken
    assert_counters_equal_rows()


def test_the_workshop_is_for_its_region(editions):
    add_participants(count=300)
    regions = set(
        Registration.objects.filter(event__code="DEMO-RW", country__isnull=False).values_list(
            "country__workshop_region", flat=True
        )
    )
    assert regions == {"southwest-pacific"}


def test_the_number_of_queries_does_not_grow_with_the_people(editions, django_assert_max_num_queries):
    with django_assert_max_num_queries(70):
        add_participants(count=300)
    assert StateChange.objects.count() >= 300
