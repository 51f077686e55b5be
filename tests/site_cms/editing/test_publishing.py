"""Nobody but an administrator brings a page to readers without a colleague, whatever group they are in."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from site_cms.models import StandardPage
from tests.events.access.two_events import make_user

from .test_review import press, signed_in
from .two_sites import TwoSites, make_two_sites

pytestmark = pytest.mark.django_db


@pytest.fixture
def sites() -> TwoSites:
    return make_two_sites()


@pytest.fixture
def moderator() -> Client:
    user = make_user("moderator@example.org")
    user.groups.add(Group.objects.get(name="Moderators"))
    return signed_in(user)


def test_a_moderator_submits_like_everybody(sites: TwoSites, moderator: Client) -> None:
    page = sites.draft
    press(moderator, page, "action-publish", title="Slipped in")
    assert (page.live, page.draft_title) == (False, "Slipped in")
    press(moderator, page, "action-submit")
    assert page.workflow_in_progress
    form = moderator.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).text
    assert "action-publish" not in form


def test_nor_does_a_moderator_publish_by_another_way(sites: TwoSites, moderator: Client) -> None:
    parent = sites.pages["en"]
    added = reverse("wagtailadmin_pages:add", args=("site_cms", "standardpage", parent.pk))
    typed = {"title": "Hotels", "slug": "hotels", "body-count": "0", "action-publish": "1"}
    moderator.post(added, typed)
    many = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    moderator.post(f"{many}?id={sites.draft.pk}")
    copy = reverse("wagtailadmin_pages:copy", args=(parent.pk,))
    copied = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": parent.get_parent().pk}
    moderator.post(copy, copied | {"publish_copies": "on"})
    sites.draft.refresh_from_db()
    assert not sites.draft.live
    assert not StandardPage.objects.filter(slug="hotels", live=True).exists()
    assert not parent.get_siblings().filter(slug="copy", live=True).exists()


def test_a_moderator_takes_a_page_away(sites: TwoSites, moderator: Client) -> None:
    page = sites.pages["en"]
    moderator.post(reverse("wagtailadmin_pages:unpublish", args=(page.pk,)))
    page.refresh_from_db()
    assert not page.live


def test_an_administrator_publishes_directly(sites: TwoSites) -> None:
    press(signed_in(make_user("root@example.org", superuser=True)), sites.draft, "action-publish")
    assert sites.draft.live
