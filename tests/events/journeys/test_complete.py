import pytest

from events.journeys.complete import complete
from events.journeys.substitute import substitute
from events.journeys.withdraw import withdraw
from events.mails import RENDERERS
from events.outbox.models import Message
from events.registration import link
from events.registration.models import Counter, StateChange
from events.registration.selectors import registration_by_token
from events.registration.states import NotAllowedError, Transition
from events.tickets.selectors import valid_code
from tests.factories import make_category, make_event, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event("SYMPOSIUM", capacity=1)


@pytest.fixture
def before(event):
    return make_registration(event, name="First Person", email="first@example.org")


def send(registration, name="Second Person", email="second@example.org"):
    return substitute(registration=registration, name=name, email=email, language="fr")


def taken(event):
    return list(Counter.objects.filter(event=event).order_by("pk").values_list("taken", flat=True))


def test_the_place_of_a_full_event_goes_on_to_the_other_person(event, before):
    after = send(before)
    before.refresh_from_db()
    assert (before.state, after.state, after.replaces) == ("withdrawn", "nominated", before)
    assert taken(event) == [1, 1]
    assert not valid_code(before)
    assert not valid_code(after)
    assert after.consent_at is None
    assert (after.organization, after.function) == (before.organization, "")
    assert list(
        StateChange.objects.order_by("pk").values_list("registration", "transition", "from_state", "actor")
    )[1:] == [
        (before.pk, Transition.REPLACE, "confirmed", "delegate"),
        (after.pk, Transition.NOMINATE, "", "delegate"),
    ]
    assert list(Message.objects.order_by("created_at").values_list("kind", "to", "language")) == [
        ("replaced", "first@example.org", "en"),
        ("nominated", "second@example.org", "fr"),
    ]


def test_each_reads_what_concerns_them(event, before):
    after = send(before, name="Second <b>")
    to_first, to_second = (
        RENDERERS[message.kind](message) for message in Message.objects.order_by("created_at")
    )
    assert "Second" not in to_first.text
    assert "Somebody else comes in your place" in to_first.subject
    assert "First Person" in to_second.text
    assert link.REGISTRATION.token_for(after.public_id, 0) in to_second.text


def test_the_other_person_confirms_their_own_data(event, before):
    after = complete(registration=send(before), answers={"function": "Director", "gender": "woman"})
    assert (after.state, after.function, after.gender) == ("confirmed", "Director", "woman")
    assert after.consent_at is not None
    assert valid_code(after)
    assert taken(event) == [1, 1]
    assert Message.objects.filter(kind="confirmation", to="second@example.org").count() == 1


def test_where_the_secretariat_approves_it_decides_on_the_other_person_too(event):
    category = make_category(event, "V", needs_approval=True)
    first = make_registration(event, category)
    after = complete(registration=send(first), answers={})
    assert (after.state, valid_code(after)) == ("pending", "")


def test_another_address_gets_a_link_of_its_own_and_one_mail(event, before):
    nominated = send(before)
    old = link.REGISTRATION.token_for(nominated.public_id, nominated.link_version)
    complete(registration=nominated, answers={"email": "own@example.org"})
    assert registration_by_token(old) is None
    assert list(Message.objects.exclude(kind="replaced").values_list("kind", "to")) == [
        ("confirmation", "own@example.org")
    ]


def test_nothing_is_completed_twice_or_after_the_end(event, before):
    nominated = send(before)
    withdraw(registration=nominated)
    with pytest.raises(NotAllowedError):
        complete(registration=nominated, answers={"name": "Too Late"})
    nominated.refresh_from_db()
    assert (nominated.name, nominated.consent_at, taken(event)) == ("Second Person", None, [0, 0])


def test_only_ones_own_fields_are_taken(event, before):
    nominated = send(before)
    with pytest.raises(ValueError, match="price_minor, state"):
        complete(registration=nominated, answers={"state": "confirmed", "price_minor": 0})


def test_nobody_is_replaced_after_the_end(event, before):
    send(before)
    with pytest.raises(NotAllowedError):
        send(before, "Third Person")
    assert taken(event) == [1, 1]
