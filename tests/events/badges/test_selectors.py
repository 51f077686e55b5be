import pytest
from django.db import transaction

from events.badges.selectors import badge_holders
from events.registration.services import DELEGATE, change_state
from events.registration.states import Transition
from events.tickets.services import revoke_ticket
from tests.factories import make_category, make_country, make_event, make_registration, make_rppo

pytestmark = pytest.mark.django_db


def test_the_confirmed_with_a_ticket_by_category_and_name() -> None:
    event, other = make_event(), make_event()
    second = make_category(event, "O", position=2)
    first = make_category(event, "D", position=1)
    expected = [
        make_registration(event, first, name="amina"),
        make_registration(event, first, name="Émile"),
        make_registration(event, second, name="Aaron"),
    ]
    make_registration(other, name="Aaron")
    make_registration(event, make_category(event, "P", needs_approval=True), name="Waiting")
    revoke_ticket(registration=make_registration(event, first, name="Revoked"))
    withdrawn = make_registration(event, first, name="Withdrawn")
    with transaction.atomic():
        change_state(registration=withdrawn, transition=Transition.WITHDRAW, actor=DELEGATE)

    assert badge_holders(event) == expected
    assert badge_holders(event, {expected[2].reference, "NONE-HERE"}) == [expected[2]]


@pytest.mark.parametrize("people", [1, 7])
def test_one_query_for_any_number(people: int, django_assert_num_queries) -> None:
    event = make_event()
    country, rppo = make_country(), make_rppo()
    for _ in range(people):
        make_registration(event, representing="country", country=country)
        make_registration(event, representing="rppo", rppo=rppo)

    with django_assert_num_queries(1):
        holders = badge_holders(event)
        said = [(holder.representing_label, holder.category.letter, holder.ticket.code) for holder in holders]

    assert len(said) == 2 * people
