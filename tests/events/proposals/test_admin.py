"""Moderation: whoever edits an event of the family decides, and nobody else sees anything."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import ModelLogEntry

from events.access.models import AccessRecord
from events.access.roles import Role
from events.outbox.models import Message
from events.proposals.models import Proposal
from tests.events.access.two_events import make_user
from tests.factories import make_country, make_event, make_family

from .rows import answers, make_accepted, make_proposal

pytestmark = pytest.mark.django_db
State = Proposal.State
LIST = "/admin/proposal/"
LIST_QUERIES = 18
CANARY = "KANARIE"
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


@pytest.fixture
def family():
    return make_family("iyph")


@pytest.fixture
def editor(family, client):
    make_event("IYPH-2", family=family)
    user = make_user("editor@example.org", (make_event("IYPH-1", family=family), Role.EDITOR))
    client.force_login(user)
    return client


@pytest.fixture
def foreign():
    return make_proposal(
        make_family("ephyto"),
        title=CANARY,
        description=CANARY,
        place=CANARY,
        proposer_name=CANARY,
        proposer_email="kanarie@example.org",
        start_date="2031-07-01",
        end_date="2031-07-02",
        country=make_country("ZW", "Zimbabwe"),
    )


def titles(page):
    return [row.title for row in page.context["object_list"]]


def bulk(action, *rows):
    query = "&".join(f"id={row if row == 'all' else row.pk}" for row in rows)
    return reverse("wagtail_bulk_action", args=("events", "proposal", action)) + "?" + query


def post_bulk(client, action, *rows, **data):
    return client.post(bulk(action), {"listed": ",".join(str(row.pk) for row in rows), **data})


def act(client, name, proposal, **data):
    return client.post(f"{LIST}{name}/{proposal.pk}/", data, follow=True)


def test_an_editor_sees_the_family_and_nothing_foreign(editor, family, foreign):
    make_proposal(family, title="Own")
    for query in ("", "?export=csv", "?export=xlsx", f"?q={CANARY[:-1]}", f"?family={foreign.family_id}"):
        page = editor.get(LIST + query)
        body = b"".join(page.streaming_content) if page.streaming else page.content
        assert CANARY.lower() not in body.decode(errors="replace").lower()
    assert titles(editor.get(LIST)) == ["Own"]
    assert "July 2031" not in editor.get(LIST).content.decode()


@pytest.mark.parametrize(
    "path", ["inspect", "edit", "accept", "refuse", "discard", "take_out", "history", "usage", "delete"]
)
def test_every_address_of_a_foreign_event_is_closed(editor, foreign, path):
    for answer in (
        editor.get(f"{LIST}{path}/{foreign.pk}/"),
        editor.post(f"{LIST}{path}/{foreign.pk}/", {"reason": "x"}),
    ):
        assert answer.status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == State.WAITING


@pytest.mark.parametrize("action", ["accept", "refuse", "discard"])
def test_no_bulk_act_names_or_touches_a_foreign_event(editor, foreign, action):
    for row in (foreign, "all"):
        assert CANARY not in editor.get(bulk(action, row)).content.decode()
    post_bulk(editor, action, foreign, reason="x")
    foreign.refresh_from_db()
    assert foreign.state == State.WAITING
    assert not Message.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.EDITOR])
def test_other_roles_moderate_nothing(client, family, role):
    proposal = make_proposal(family, title=CANARY)
    client.force_login(make_user("member@example.org", (make_event("IYPH-1", family=family), role)))
    for path in ("", f"inspect/{proposal.pk}/", f"edit/{proposal.pk}/", f"accept/{proposal.pk}/"):
        answer = client.get(LIST + path)
        assert answer.status_code in {302, 404}
        assert CANARY not in answer.content.decode()


def test_a_superuser_sees_every_family_and_nobody_adds_or_deletes(client, family, foreign):
    own = make_proposal(family, title="Own")
    client.force_login(make_user("root@example.org", superuser=True))
    assert set(titles(client.get(LIST))) == {"Own", CANARY}
    for path in ("new/", f"delete/{own.pk}/"):
        assert client.get(LIST + path).status_code == 404


def test_the_list_is_filtered_by_state_country_month_and_level(editor, family):
    kenya = make_country("KE")
    make_proposal(family, title="a", country=kenya, start_date="2030-05-30", end_date="2030-06-02")
    make_accepted(family, title="b", level="global", start_date="2030-07-01", end_date="2030-07-01")
    assert titles(editor.get(LIST, {"state": "accepted"})) == ["b"]
    assert titles(editor.get(LIST, {"country": kenya.pk})) == ["a"]
    assert titles(editor.get(LIST, {"level": "global"})) == ["b"]
    assert titles(editor.get(LIST, {"month": "2030-05"})) == ["a"]
    assert titles(editor.get(LIST, {"month": "2030-07"})) == ["b"]
    assert set(titles(editor.get(LIST, {"month": "2030-99"}))) == {"a", "b"}


def test_an_event_is_found_by_its_title_and_its_proposers_address(editor, family):
    make_proposal(family, title="День растений", proposer_email="ann@example.org")
    make_proposal(family, title="Other")
    assert titles(editor.get(LIST, {"q": "ДЕНЬ"})) == ["День растений"]
    assert titles(editor.get(LIST, {"q": "ANN@"})) == ["День растений"]


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_a_fixed_number_of_queries(editor, family, count, django_assert_num_queries):
    for number in range(count):
        make_proposal(family, title=str(number), country=make_country("KE"))
    editor.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        editor.get(LIST)


def test_who_looks_at_a_proposer_is_recorded(editor, family):
    proposal = make_proposal(family)
    assert "amina@example.org" in editor.get(f"{LIST}inspect/{proposal.pk}/").content.decode()
    editor.get(LIST)
    b"".join(editor.get(LIST, {"export": "csv"}).streaming_content)
    assert list(AccessRecord.objects.order_by("pk").values_list("what", "subject", "people", "event")) == [
        ("proposed events", "Plant Health Day", 1, None),
        ("proposed events", "", 1, None),
        ("proposed events, csv", "", 1, None),
    ]


def test_an_export_holds_no_formula(editor, family):
    make_proposal(family, title="=1+1", proposer_name="@SUM(A1)")
    body = b"".join(editor.get(LIST, {"export": "csv"}).streaming_content).decode()
    row = next(csv.DictReader(io.StringIO(body)))
    assert {"'=1+1", "'@SUM(A1)"} <= set(row.values())


def test_one_accepts_with_a_button(editor, family):
    proposal = make_proposal(family)
    assert "Accept" in editor.get(f"{LIST}inspect/{proposal.pk}/").content.decode()
    editor.get(f"{LIST}accept/{proposal.pk}/")
    proposal.refresh_from_db()
    assert proposal.state == State.WAITING
    act(editor, "accept", proposal)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by.email) == (State.ACCEPTED, "editor@example.org")
    assert Message.objects.get().kind == "proposal-accepted"
    assert ModelLogEntry.objects.get().action == "events.accept"


@pytest.mark.parametrize("name, before", [("refuse", State.WAITING), ("take_out", State.ACCEPTED)])
def test_a_refusal_needs_its_reason(editor, family, name, before):
    proposal = make_proposal(family, state=before)
    page = act(editor, name, proposal, reason=" ")
    assert "say why, because the proposer is told" in page.content.decode()
    proposal.refresh_from_db()
    assert (proposal.state, Message.objects.count()) == (before, 0)
    act(editor, name, proposal, reason="Not about plants")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == (State.REFUSED, "Not about plants")
    assert Message.objects.count() == 1


def test_the_page_of_an_act_says_that_the_reason_is_mailed(editor, family):
    proposal = make_proposal(family)
    page = editor.get(f"{LIST}refuse/{proposal.pk}/").content.decode()
    assert "It is mailed to the proposer" in page
    assert "It is not mailed" not in page


def test_what_a_colleague_decided_meanwhile_stays(editor, family):
    proposal = make_proposal(family, state=State.REFUSED)
    page = act(editor, "discard", proposal)
    assert "decided on in the meantime" in page.content.decode()


def test_many_are_accepted_at_once_and_only_those_that_wait(editor, family):
    waiting = [make_proposal(family, title=f"Day {number}") for number in range(3)]
    spam = make_proposal(family, title="Spam", state=State.REFUSED)
    page = editor.get(bulk("accept", *waiting[:2], spam)).content.decode()
    assert "Day 1" in page
    assert "Day 2" not in page
    assert "Spam" not in page
    post_bulk(editor, "accept", *waiting[:2], spam)
    states = list(Proposal.objects.order_by("pk").values_list("state", flat=True))
    assert states == [State.ACCEPTED, State.ACCEPTED, State.WAITING, State.REFUSED]
    assert Message.objects.filter(kind="proposal-accepted").count() == 2
    assert ModelLogEntry.objects.filter(action="events.accept").count() == 2


def test_many_are_refused_for_one_reason_which_must_be_given(editor, family):
    rows = [make_proposal(family), make_proposal(family)]
    post_bulk(editor, "refuse", *rows, reason=" ")
    assert set(Proposal.objects.values_list("state", flat=True)) == {State.WAITING}
    post_bulk(editor, "refuse", *rows, reason="Off topic")
    assert set(Proposal.objects.values_list("state", "reason")) == {(State.REFUSED, "Off topic")}
    assert Message.objects.filter(kind="proposal-refused").count() == 2


def test_many_are_discarded_without_a_word_to_anybody(editor, family):
    post_bulk(editor, "discard", make_proposal(family), make_proposal(family))
    assert set(Proposal.objects.values_list("state", flat=True)) == {State.REFUSED}
    assert not Message.objects.exists()


def edited(proposal, **changes):
    fields = ("title", "language", "description", "start_date", "end_date", "place", "level", "link")
    return {name: getattr(proposal, name) for name in fields} | changes


def test_one_puts_right_before_accepting(editor, family):
    proposal = make_proposal(family)
    data = edited(proposal, title=" Plant  Health\u202e Day ", link="example.org", workshop_region="africa")
    answer = editor.post(f"{LIST}edit/{proposal.pk}/", data)
    assert answer.status_code == 302
    proposal.refresh_from_db()
    assert (proposal.title, proposal.link, proposal.workshop_region, proposal.sequence) == (
        "Plant Health Day",
        "https://example.org",
        "africa",
        0,
    )
    assert proposal.proposer_email == "amina@example.org"


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"end_date": "2020-01-01"}, "The last day is before the first day."),
        ({"link": "javascript:alert(1)"}, "The web address must begin with https:// or http://."),
        ({"title": "..."}, "Enter at least one letter or digit."),
        ({"start_date": "never"}, "Enter a valid date."),
    ],
)
def test_a_correction_that_cannot_be_is_refused(editor, family, changes, words):
    proposal = make_proposal(family)
    page = editor.post(f"{LIST}edit/{proposal.pk}/", edited(proposal, **changes))
    assert page.status_code == 200
    assert words in page.content.decode()
    assert Proposal.objects.values(*answers()).get()["link"] == "https://www.example.org/day"


def test_no_event_moves_to_another_family_by_hand(editor, family, foreign):
    proposal = make_proposal(family)
    data = edited(proposal, family=foreign.family_id, state="accepted", title="New")
    editor.post(f"{LIST}edit/{proposal.pk}/", data)
    proposal.refresh_from_db()
    assert (proposal.title, proposal.family, proposal.state) == ("New", family, State.WAITING)


def test_hostile_words_are_inert_on_every_screen(editor, family):
    proposal = make_proposal(
        family, title=HOSTILE, description=HOSTILE, place=HOSTILE, proposer_name=HOSTILE, reason=HOSTILE
    )
    paths = ["", f"inspect/{proposal.pk}/", f"edit/{proposal.pk}/", f"history/{proposal.pk}/"]
    paths += [f"{name}/{proposal.pk}/" for name in ("accept", "refuse", "discard", "usage")]
    pages = [editor.get(LIST + path) for path in paths] + [editor.get(bulk("refuse", proposal))]
    for response in pages:
        assert response.status_code == 200
        page = BeautifulSoup(response.content, "html.parser")
        assert page.select("[onerror]") == []
        assert [script for script in page.select("script") if script.get_text() == "alert(1)"] == []
