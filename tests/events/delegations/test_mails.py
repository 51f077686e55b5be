import pytest
from django.contrib.auth import get_user_model
from django.utils import translation

from events.delegations.link import address_of
from events.delegations.services import JustInvitedError, invite
from events.journeys.complete import complete
from events.journeys.decide import cancel, refuse
from events.journeys.delegation.handing_over import hand_over
from events.journeys.delegation.nominate import Nominee, nominate
from events.journeys.delegation.nominate import withdraw as withdraw_nomination
from events.journeys.withdraw import withdraw
from events.mails import RENDERERS
from events.once.form_keys import new_key
from events.outbox.models import Message
from events.registration.models import Registration
from tests.factories import make_category, make_contact_point, make_delegation, make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def delegation():
    event = make_event("CPM-1", title={"en": "Commission", "fr": "Commission des mesures"})
    make_category(event, "D", delegation_places=3, needs_approval=True)
    return make_delegation(
        event, make_contact_point(name="Contact", email="contact@example.org", language="fr")
    )


@pytest.fixture
def person(delegation):
    category = delegation.event.categories.get()
    nominee = Nominee("adviser", category, "Wanjiku Mwangi", "wanjiku@example.org", "", "en")
    nominate(delegation=delegation, people=[nominee], key=new_key())
    return Registration.objects.get()


def rendered(kind):
    message = Message.objects.get(kind=kind)
    with translation.override(message.language):
        return message, RENDERERS[kind](message)


def test_the_invitation_holds_the_link_in_the_reader_s_language(delegation):
    invite(delegation=delegation)
    message, mail = rendered("delegation-invitation")
    with translation.override("fr"):
        address = address_of(delegation)
    assert "/fr/delegations/" in address
    assert message.to == "contact@example.org"
    assert "Commission des mesures" in mail.subject
    assert address in mail.text


def test_a_button_pressed_twice_invites_once(delegation):
    invite(delegation=delegation)
    with pytest.raises(JustInvitedError):
        invite(delegation=delegation)
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    "act, words",
    [
        (lambda person, user: withdraw(registration=person), "Wanjiku Mwangi has withdrawn."),
        (lambda person, user: refuse(registration=person, user=user), "could not approve Wanjiku Mwangi."),
        (
            lambda person, user: cancel(registration=person, user=user),
            "cancelled the registration of Wanjiku",
        ),
    ],
)
def test_the_contact_point_is_told_who_does_not_come(delegation, person, act, words):
    complete(registration=person, answers={"gender": "woman"})
    Message.objects.all().delete()
    delegation.contact_point.language = "en"
    delegation.contact_point.save()
    act(person, get_user_model().objects.create(email="staff@example.org"))
    message, mail = rendered("delegation-news")
    assert message.to == "contact@example.org"
    assert words in mail.text
    assert "registration" not in message.about


def test_who_withdraws_a_nominee_is_not_told_of_it(person):
    withdraw_nomination(registration=person)
    assert not Message.objects.filter(kind="delegation-news").exists()
    message, mail = rendered("nomination-withdrawn")
    assert message.to == "wanjiku@example.org"
    assert "has withdrawn your nomination" in mail.text


def test_handing_over_says_who_and_gives_the_link_to_the_successor_alone(delegation):
    handed = hand_over(delegation=delegation, name="Next", email="next@example.org", language="en")
    _message, theirs = rendered("delegation-for-successor")
    assert "Contact has handed over to you" in theirs.text
    assert address_of(handed) in theirs.text
    _message, former = rendered("delegation-handed-over")
    _message, staff = rendered("delegation-successor-notice")
    assert "/delegations/" not in former.text + staff.text
    assert "Next <next@example.org>" in staff.text
