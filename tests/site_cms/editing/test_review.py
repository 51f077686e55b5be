"""Draft, submit, approve by somebody else; scheduled publishing and expiry."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState, Workflow

from events.access.roles import Role
from site_cms.editing.checks import Finding
from site_cms.models import ColleagueReview
from tests.events.access.two_events import make_user
from tests.visitor import preset

from .two_sites import TwoSites, make_editor, make_two_sites

pytestmark = pytest.mark.django_db


@pytest.fixture
def sites() -> TwoSites:
    return make_two_sites()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def press(client: Client, page: Page, button: str, **typed: object) -> int:
    """Press a button below the page's form; the answer's status."""
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    form = BeautifulSoup(client.get(address).content, "html.parser").find("form", id="page-edit-form")
    answer = client.post(address, preset(form) | {"body-count": "0", button: "1"} | typed)
    page.refresh_from_db()
    return answer.status_code


def act(client: Client, page: Page, action: str, **data: str) -> int:
    """Approve or refuse by address; the answer's status."""
    state = TaskState.objects.get(status="in_progress")
    address = reverse("wagtailadmin_pages:workflow_action", args=(page.pk, action, state.pk))
    status = client.post(address, data).status_code
    page.refresh_from_db()
    return status


def test_every_page_goes_through_the_review(sites: TwoSites) -> None:
    [workflow] = Workflow.objects.active()
    assert workflow.name == "Review by a colleague"
    assert [type(task.specific) for task in workflow.tasks] == [ColleagueReview]
    assert {page.get_workflow() for page in (*sites.homes.values(), sites.draft)} == {workflow}


def test_a_colleague_approves_and_the_page_is_public(sites: TwoSites, client: Client) -> None:
    first, second = make_editor(sites), make_editor(sites, "second@example.org")
    page = sites.draft
    press(signed_in(first), page, "action-submit", title="Visa and travel")
    assert page.workflow_in_progress
    assert not page.live
    assert client.get("/en/ephyto/own/visa/").status_code == 404
    act(signed_in(second), page, "approve")
    assert page.live
    assert page.title == "Visa and travel"


def test_nobody_approves_the_own_page(sites: TwoSites) -> None:
    author = make_editor(sites)
    page = sites.draft
    client = signed_in(author)
    press(client, page, "action-submit")
    act(client, page, "approve")
    assert not page.live
    assert page.workflow_in_progress
    state = TaskState.objects.get(status="in_progress")
    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state, author, "approve")
    assert not TaskState.objects.reviewable_by(author).exists()


def test_not_even_an_administrator_approves_the_own_page(sites: TwoSites) -> None:
    root = make_user("root@example.org", superuser=True)
    press(signed_in(root), sites.draft, "action-submit")
    act(signed_in(root), sites.draft, "approve")
    assert not sites.draft.live
    act(signed_in(make_user("other@example.org", superuser=True)), sites.draft, "approve")
    assert sites.draft.live


@pytest.mark.parametrize("role", [role for role in Role if role != Role.EDITOR])
def test_others_of_the_team_do_not_review(sites: TwoSites, role: Role) -> None:
    press(signed_in(make_editor(sites)), sites.draft, "action-submit")
    other = make_editor(sites, "other@example.org", role)
    assert act(signed_in(other), sites.draft, "approve") == 404
    assert not TaskState.objects.reviewable_by(other).exists()
    assert not sites.draft.live


def test_an_editor_of_another_event_does_not_review(sites: TwoSites) -> None:
    press(signed_in(make_editor(sites)), sites.draft, "action-submit")
    stranger = make_user("stranger@example.org", (sites.other_event, Role.EDITOR))
    assert act(signed_in(stranger), sites.draft, "approve") == 404
    assert not TaskState.objects.reviewable_by(stranger).exists()


def test_a_moderator_of_the_site_reviews_every_page(sites: TwoSites) -> None:
    press(signed_in(make_editor(sites)), sites.draft, "action-submit")
    moderator = make_user("moderator@example.org")
    moderator.groups.add(Group.objects.get(name="Moderators"))
    assert TaskState.objects.reviewable_by(moderator).count() == 1
    act(signed_in(moderator), sites.draft, "approve")
    assert sites.draft.live


def test_what_is_approved_is_what_was_read(sites: TwoSites) -> None:
    author = make_editor(sites)
    press(signed_in(author), sites.draft, "action-submit", title="Read")
    press(signed_in(author), sites.draft, "action-publish", title="Slipped in")
    assert sites.draft.get_latest_revision_as_object().title == "Read"
    act(signed_in(make_editor(sites, "second@example.org")), sites.draft, "approve")
    assert sites.draft.title == "Read"


def test_the_author_reads_which_changes_are_asked_for(sites: TwoSites) -> None:
    author, second = signed_in(make_editor(sites)), signed_in(make_editor(sites, "second@example.org"))
    address = reverse("wagtailadmin_pages:edit", args=(sites.draft.pk,))
    press(author, sites.draft, "action-submit")
    act(second, sites.draft, "reject", comment="Please add <i>the fees</i>.")
    told = author.get(address).text
    assert "second@example.org asks for changes: Please add &lt;i&gt;the fees&lt;/i&gt;." in told
    press(author, sites.draft, "action-submit")
    assert "asks for changes" not in author.get(address).text
    act(second, sites.draft, "reject")
    assert "second@example.org asks for changes." in author.get(address).text


def test_who_submits_again_is_who_may_not_approve(sites: TwoSites) -> None:
    first, second = make_editor(sites), make_editor(sites, "second@example.org")
    page = sites.draft
    press(signed_in(first), page, "action-submit")
    act(signed_in(second), page, "reject", comment="Please add the fees.")
    assert page.current_workflow_state.status == "needs_changes"
    press(signed_in(second), page, "action-submit", title="With fees")
    act(signed_in(second), page, "approve")
    assert not page.live
    act(signed_in(first), page, "approve")
    assert page.live
    assert page.title == "With fees"


def test_an_approved_page_goes_live_and_away_on_time(sites: TwoSites) -> None:
    page, now = sites.draft, timezone.now()
    when = {
        "go_live_at": f"{now + dt.timedelta(hours=1):%Y-%m-%d %H:%M}",
        "expire_at": f"{now + dt.timedelta(hours=3):%Y-%m-%d %H:%M}",
    }
    press(signed_in(make_editor(sites)), page, "action-submit", **when)
    act(signed_in(make_editor(sites, "second@example.org")), page, "approve")
    assert not page.live
    assert page.approved_schedule
    seen = []
    for hours in (0, 2, 4):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("django.utils.timezone.now", lambda moved=now + dt.timedelta(hours=hours): moved)
            call_command("publish_scheduled")
        page.refresh_from_db()
        seen.append((page.live, page.expired))
    assert seen == [(False, False), (True, False), (False, True)]


def test_a_locked_page_is_closed_to_colleagues(sites: TwoSites) -> None:
    first, second = make_editor(sites), make_editor(sites, "second@example.org")
    lock = reverse("wagtailadmin_pages:lock", args=(sites.draft.pk,))
    assert signed_in(first).post(lock).status_code == 302
    assert press_is_refused(signed_in(second), sites.draft)
    assert press(signed_in(first), sites.draft, "action-submit", title="By who locked it") == 302


def press_is_refused(client: Client, page: Page) -> bool:
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    data = {"title": "Slipped in", "slug": "visa", "body-count": "0"}
    client.post(address, data)
    page.refresh_from_db()
    return page.get_latest_revision_as_object().title != "Slipped in"


def test_a_text_that_keeps_readers_out_is_not_submitted(sites: TwoSites, monkeypatch) -> None:
    finding = Finding("An image has no description.", refuses=True)
    monkeypatch.setattr("site_cms.editing.forms.check", lambda _html: [finding])
    client, page = signed_in(make_editor(sites)), sites.draft
    assert press(client, page, "action-submit", title="Kept") == 200
    assert not page.workflow_in_progress
    assert press(client, page, "x", title="Kept") == 302
    assert page.get_latest_revision_as_object().title == "Kept"


def test_what_readers_stumble_over_is_told(sites: TwoSites) -> None:
    client = signed_in(make_editor(sites))
    press(client, sites.draft, "x")
    told = client.get("/admin/").content.decode()
    assert "Please mend: This page has no text yet." in told
