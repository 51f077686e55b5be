"""An event is shown in its own colour, or in its family's, wherever a colour is shown."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from events.access.roles import Role
from events.calendar.entries import event_days
from events.catalogue.accents import COLOURS
from events.catalogue.admin.events import EventViewSet
from events.catalogue.models import Event, Family
from events.catalogue.poster import poster_content
from events.catalogue.services import edition_make
from events.mails import RENDERERS
from events.outbox.models import Message
from events.registration import link
from tests.events.access.two_events import make_user
from tests.events.catalogue.test_admin import save, screen
from tests.factories import make_category, make_event, make_family, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def family() -> Family:
    return make_family("workshops", accent="ocean")


@pytest.fixture
def event(family: Family) -> Event:
    return make_event("SYMPOSIUM", family=family, accent="plum")


def accents(client: Client, address: str) -> set[str]:
    return set(re.findall(r"\baccent-([a-z]+)", client.get(address).text))


def test_its_own_or_the_familys(event: Event, family: Family) -> None:
    assert event.shown_accent == "plum"
    assert make_event(family=family).shown_accent == "ocean"


def test_the_pages_of_a_person_and_of_the_event(event: Event, client: Client) -> None:
    registration = make_registration(event)
    token = link.REGISTRATION.token_for(registration.public_id, registration.link_version)
    for address in (
        f"/en/r/{token}/",
        f"/en/r/{token}/withdraw/",
        "/en/events/SYMPOSIUM/register/",
        "/en/events/SYMPOSIUM/programme/",
        f"/B/{registration.ticket.code}",
    ):
        assert accents(client, address) == {"plum"}, address


def test_the_shared_picture_and_the_calendar(event: Event) -> None:
    content = poster_content(event, "en")
    assert (content["deep"], content["accent"]) == COLOURS["plum"]
    assert event_days(event, "en", url="").colour == "purple"


@pytest.mark.parametrize(("own", "shown"), [("plum", "plum"), ("", "ocean")])
def test_the_mails(family: Family, own: str, shown: str) -> None:
    registration = make_registration(make_event(family=family, accent=own))
    mail = Message(
        kind="confirmation", to=registration.email, language="en", about={"registration": registration.pk}
    )
    html = RENDERERS["confirmation"](mail).html
    told = set(re.findall("#[0-9a-f]{6}", html)) & {colour for pair in COLOURS.values() for colour in pair}
    assert told == set(COLOURS[shown])


def test_the_next_edition_keeps_it(event: Event) -> None:
    changes = {name: getattr(event, name) for name in ("title", "start_date", "end_date")}
    assert edition_make(source=event, changes=changes | {"code": "NEXT"}).accent == "plum"


def test_an_editor_chooses_it(event: Event, client: Client) -> None:
    make_category(event)
    client.force_login(make_user("editor@example.org", (event, Role.EDITOR)))
    page = client.get(reverse(screen(EventViewSet).get_url_name("edit"), args=(event.pk,)))
    assert [value for value, _label in page.context["form"].fields["accent"].choices] == ["", *Family.Accent]
    for accent in ("lake", ""):
        assert save(client, EventViewSet, event, accent=accent).status_code == 302
        event.refresh_from_db()
        assert event.accent == accent
    refused = save(client, EventViewSet, event, accent="#ff0000")
    assert "accent" in refused.context["form"].errors
