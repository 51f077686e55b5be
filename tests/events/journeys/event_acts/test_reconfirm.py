"""Reconfirming after a postponement: on one's own page, and in the list of the Secretariat."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from events.access.roles import Role
from events.journeys.event_acts.plan import carry_out, version
from events.journeys.event_acts.postpone import Postponement
from events.journeys.withdraw import withdraw
from events.registration import link
from events.registration.services import reconfirm
from events.registration.states import NotAllowedError
from tests.events.access.two_events import make_user
from tests.events.journeys.event_acts.acting import january, with_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return january()


def postpone(event, **dates):
    event.refresh_from_db()
    user = make_user(f"editor{event.sequence}@example.org", superuser=True)
    carry_out(event=event, plan=Postponement(**dates), user=user, seen=version(event))


def to_march(event):
    postpone(event, start=dt.date(2050, 3, 28), end=dt.date(2050, 4, 1))


def page_of(person, page=""):
    return f"/en/r/{link.REGISTRATION.token_for(person.public_id, person.link_version)}/{page}"


def test_one_says_once_that_one_still_comes(client, event):
    (person,) = with_people(event, ["en"])
    assert "I still come" not in client.get(page_of(person)).content.decode()
    to_march(event)
    page = client.get(page_of(person)).content.decode()
    for words in ("Do you still come?", "28 March\u2009–\u20091 April 2050", "10–14 January 2050"):
        assert words in page
    assert f'action="{page_of(person, "reconfirm/")}"' in page
    answer = Client(enforce_csrf_checks=True).post(page_of(person, "reconfirm/"))
    assert (answer.status_code, answer["Location"]) == (303, page_of(person))
    person.refresh_from_db()
    said = person.reconfirmed_at
    assert said
    page = client.get(page_of(person)).content.decode()
    assert "You still come" in page
    assert "I still come" not in page
    assert client.post(page_of(person, "reconfirm/")).status_code == 303
    person.refresh_from_db()
    assert person.reconfirmed_at == said
    assert person.state == "confirmed"


def test_opening_a_link_answers_nothing(client, event):
    (person,) = with_people(event, ["en"])
    to_march(event)
    answer = client.get(page_of(person, "reconfirm/"))
    assert (answer.status_code, answer["Location"]) == (302, page_of(person))
    assert client.head(page_of(person, "reconfirm/")).status_code == 302
    person.refresh_from_db()
    assert person.reconfirmed_at is None


def test_nobody_reconfirms_what_was_not_asked_or_has_ended(client, event):
    asked, unasked = with_people(event, ["en", "en"])
    with pytest.raises(NotAllowedError):
        reconfirm(registration=unasked)
    to_march(event)
    withdraw(registration=asked)
    assert client.post(page_of(asked, "reconfirm/")).status_code == 303
    asked.refresh_from_db()
    assert asked.reconfirmed_at is None
    assert "I still come" not in client.get(page_of(asked)).content.decode()


def test_while_dates_are_awaited_nobody_is_asked(client, event):
    (person,) = with_people(event, ["en"])
    to_march(event)
    reconfirm(registration=person)
    postpone(event)
    person.refresh_from_db()
    assert (person.reconfirm_asked_at, person.reconfirmed_at) == (None, None)
    page = client.get(page_of(person)).content.decode()
    assert "New dates to be announced" in page
    assert "I still come" not in page


def test_staff_see_who_has_not_answered(client, event):
    here, silent, gone = with_people(event, ["en", "en", "en"])
    to_march(event)
    reconfirm(registration=here)
    withdraw(registration=gone)
    client.force_login(make_user("registrar@example.org", (event, Role.REGISTRAR)))
    address = reverse("registration:index")

    def listed(value):
        found = client.get(address, {"event": event.pk, "reconfirmation": value})
        return [row.pk for row in found.context["object_list"]]

    assert listed("waiting") == [silent.pk]
    assert listed("reconfirmed") == [here.pk]
    assert sorted(listed("")) == sorted([here.pk, silent.pk, gone.pk])
    page = client.get(address).content.decode()
    assert (page.count("Not reconfirmed"), page.count(">Reconfirmed")) >= (1, 1)
    own = client.get(reverse("event:inspect", args=(event.pk,))).content.decode()
    assert "1 of 2 still come" in " ".join(own.split())
    assert f"{address}?event={event.pk}&amp;reconfirmation=waiting" in own
