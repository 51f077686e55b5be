import json
import re
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command

from events.access.models import Membership
from events.access.roles import Role
from tests.factories import make_country, make_event, make_registration

from .test_selectors import make_workshops_of_2017

pytestmark = pytest.mark.django_db
PAGE = "/admin/reports/figures/"


@pytest.fixture
def viewer():
    """Somebody who may open staff screens and is in no team yet."""
    user = get_user_model().objects.create_user("viewer@example.org")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def words(response) -> str:
    assert response.status_code == 200
    page = re.sub(r"<(script|template|style).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def test_strangers_are_asked_to_sign_in(client):
    assert client.get(PAGE).status_code == 302


def test_the_workshops_of_2017_as_printed(client, viewer):
    make_workshops_of_2017()
    client.force_login(viewer)
    page = words(client.get(PAGE))
    assert "112 participants in 4 events with a known number" in page
    assert "Not found: Latin America , Caribbean , Near East and North Africa" in page
    assert "Countries: at most 74, overlap unknown" in page
    assert "Published figure, not computed here 206 participants, 117 countries" in page
    assert "WTO document, received 2017-10-13" in page
    assert "None of these events has registrations in this system." in page
    assert "The designations employed" in page


def test_a_member_sees_the_figures_of_own_events_only(client, viewer):
    mine, foreign = make_event(title={"en": "Mine"}), make_event(title={"en": "Canary"})
    for event in (mine, foreign):
        make_registration(event)
    Membership.objects.create(event=mine, user=viewer, role=Role.VIEWER)
    client.force_login(viewer)
    page = words(client.get(PAGE))
    assert "Mine" in page
    assert "Canary" not in page
    assert "Participants 1" in page


def test_demonstrations_stand_apart(client, viewer):
    event = make_event(is_demonstration=True)
    make_registration(event)
    viewer.is_superuser = True
    viewer.save()
    client.force_login(viewer)
    page = words(client.get(PAGE))
    assert "None of these events has registrations in this system." in page
    assert "Demonstration, not real events" in page


@pytest.mark.parametrize(
    "query", ["year=x", "year=99999", "year=0", "year=²", "family=none", "family=%00", "year=-1"]
)
def test_a_filter_that_means_nothing(client, viewer, query):
    client.force_login(viewer)
    assert client.get(f"{PAGE}?{query}").status_code == 200


def test_every_figure_is_defined_on_the_page(client, viewer):
    client.force_login(viewer)
    page = words(client.get(PAGE))
    for words_of_a_definition in (
        "The same name with the same e-mail address is one person",
        "Admissions at the entrance of these events",
        "that a participant represents for a government",
        "were contracting parties to the Convention on the first day",
    ):
        assert words_of_a_definition in page


def test_the_command_prints_the_same(capsys):
    make_workshops_of_2017()
    event = make_event(title={"en": "Mine"})
    make_registration(event, representing="country", country=make_country(status="CP"))
    call_command("figures")
    printed = capsys.readouterr().out
    for line in (
        "112 participants in 4 events with a known number",
        "Not found: Latin America, Caribbean, Near East and North Africa",
        "Countries: at most 74, overlap unknown",
        "Published, not computed here: 206 participants, 117 countries",
    ):
        assert line in printed
    assert re.search(r"1 +0 +1 +1  Mine", printed)


def test_the_command_as_json(capsys):
    make_workshops_of_2017()
    call_command("figures", "--year", "2017", "--json")
    content = json.loads(capsys.readouterr().out)
    assert content["registrations"]["figures"] == {
        "participants": 0, "attendances": 0, "countries": 0, "parties": 0,
    }  # fmt: skip
    (group,) = content["recorded"]
    assert (group["participants"], group["countries_at_most"], len(group["missing"])) == (112, 74, 3)
    assert group["published"]["participants"] == 206


def test_the_command_refuses_an_unknown_family():
    with pytest.raises(CommandError, match="no family"):
        call_command("figures", "--family", "none")
