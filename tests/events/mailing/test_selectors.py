"""Which mails went to one person, and who may see that."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from events.access.roles import Role
from events.mailing import services
from events.mailing.mail_names import MAIL_NAMES
from events.mailing.selectors import mails_of
from events.mails import RENDERERS
from events.outbox.services import queue
from events.registration.telling import STATE_MAILS, tell
from tests.events.access.two_events import make_user
from tests.factories import make_event, make_registration

from .letters import begin, make_mailing

pytestmark = pytest.mark.django_db


def test_every_kind_of_mail_about_a_registration_has_a_name() -> None:
    assert set(MAIL_NAMES) <= set(RENDERERS)
    assert STATE_MAILS & set(RENDERERS) <= set(MAIL_NAMES)


def test_the_mails_of_one_person_the_newest_first(django_assert_num_queries) -> None:
    event = make_event()
    person, other = make_registration(event), make_registration(event)
    tell(person)
    tell(other)
    begin(make_mailing(event, subject={"en": "The bus"}))
    services.hand_over_all()
    queue(
        kind="unheard-of", to="x@example.org", language="en", about={"registration": person.pk},
        once="x", event_id=event.pk,
    )  # fmt: skip
    with django_assert_num_queries(2):
        mails = mails_of(person)
    assert [mail.what for mail in mails] == ["unheard-of", "The bus", "Confirmation with the ticket"]
    assert {mail.message.to for mail in mails[1:]} == {person.email}


@pytest.mark.parametrize("role, sees", [(Role.REGISTRAR, True), (Role.FINANCE, True), (Role.VIEWER, False)])
def test_only_who_sees_contacts_sees_the_mails(client, role, sees) -> None:
    event = make_event()
    person = make_registration(event)
    tell(person)
    client.force_login(make_user("member@example.org", (event, role)))
    page = client.get(reverse("registration:inspect", args=(person.pk,)))
    words = BeautifulSoup(page.content, "html.parser").get_text(" ", strip=True)
    assert ("Confirmation with the ticket" in words) is sees
    assert ("Mails to this person" in words) is sees
