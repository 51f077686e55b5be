"""Whoever is an editor of event A works on the pages of A in every language, and learns nothing of B's."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation, TranslationSource

from events.access.roles import Role
from site_cms.editing.reach import hidden_from
from site_cms.models import EventPage, SiteDocument, StandardPage
from tests.events.access.two_events import CANARY, make_user
from tests.visitor import preset

from .two_sites import TwoSites, make_editor, make_two_sites

pytestmark = pytest.mark.django_db

PAGE_NAMES = {"page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"}


@pytest.fixture
def sites() -> TwoSites:
    return make_two_sites()


@pytest.fixture
def editor(sites: TwoSites, client: Client) -> Client:
    client.force_login(make_editor(sites))
    return client


def named_below_admin(
    resolver: URLResolver | None = None, namespaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, set[str]]]:
    """Every named address below /admin/ with the names of its parts."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if resolver is None and not str(pattern.pattern).startswith("admin"):
                continue
            yield from named_below_admin(
                pattern, (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            )
        elif isinstance(pattern, URLPattern) and pattern.name:
            parts = set(pattern.pattern.regex.groupindex) | set(getattr(pattern.pattern, "converters", {}))
            yield ":".join((*namespaces, pattern.name)), parts


def page_addresses(page: Page) -> Iterator[str]:
    """Every staff address that names this page."""
    known = dict.fromkeys(PAGE_NAMES, page.pk) | {
        "content_type_app_name": "site_cms",
        "content_type_model_name": "standardpage",
        "app_label": "site_cms",
        "model_name": "standardpage",
        "revision_id": page.latest_revision_id or 1,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "action_name": "approve",
        "task_state_id": 1,
        "task_id": 1,
        "workflow_state_id": 1,
        "workflow_pk": 1,
    }
    for name, parts in named_below_admin():
        if name == "wagtailadmin_pages:revisions_compare":
            yield reverse(name, args=(page.pk, "earliest", "latest"))
        elif parts & PAGE_NAMES and "api" not in name:
            yield reverse(name, kwargs={part: known[part] for part in parts})


def words(response: HttpResponse) -> str:
    body = b"".join(response) if response.streaming else response.content
    return body.decode(errors="replace")


def test_an_editor_opens_the_own_pages_in_every_language(sites: TwoSites, editor: Client) -> None:
    for page in (*sites.pages.values(), sites.draft):
        for name in ("edit", "history", "usage"):
            answer = editor.get(reverse(f"wagtailadmin_pages:{name}", args=(page.pk,)))
            assert answer.status_code == 200, (page, name)
        assert editor.get(reverse("wagtailadmin_explore", args=(page.pk,))).status_code == 200
    for page in sites.pages.values():
        assert editor.get(reverse("wagtailadmin_pages:view_draft", args=(page.pk,))).status_code == 200


def test_an_editor_adds_a_page_and_cannot_publish_it(sites: TwoSites, editor: Client) -> None:
    address = reverse("wagtailadmin_pages:add", args=("site_cms", "standardpage", sites.pages["fr"].pk))
    data = {"title": "Hôtels", "slug": "hotels", "body-count": "0", "comments-TOTAL_FORMS": "0"}
    data |= {"comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": ""}
    for more in ({}, {"action-publish": "1", "slug": "publish"}):
        answer = editor.post(address, data | more)
        assert answer.status_code == 302, words(answer)
    pages = StandardPage.objects.child_of(sites.pages["fr"])
    assert sorted(pages.values_list("slug", "live")) == [("hotels", False), ("publish", False)]


def test_every_address_of_a_foreign_page_is_closed(sites: TwoSites, editor: Client) -> None:
    tried = 0
    for page in (sites.other_pages["ar"], sites.other_draft):
        for address in page_addresses(page):
            for answer in (editor.get(address), editor.post(address, {})):
                assert answer.status_code == 404, address
                assert CANARY not in words(answer), address
            tried += 1
    assert tried == 80
    assert set(EventPage.objects.values_list("live", flat=True)) == {True}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.EDITOR])
def test_other_roles_open_no_page(sites: TwoSites, client: Client, role: Role) -> None:
    client.force_login(make_editor(sites, role=role))
    for page in (sites.pages["en"], sites.draft):
        for address in page_addresses(page):
            answer = client.get(address)
            assert answer.status_code in {302, 404}, address
            assert answer.status_code == 404 or answer["Location"] == "/admin/", address


def test_lists_searches_choosers_and_reports_tell_nothing(sites: TwoSites, editor: Client) -> None:
    root = Page.get_first_root_node()
    family = sites.pages["en"].get_parent()
    addresses = [
        "/admin/",
        "/admin/pages/",
        f"/admin/pages/{family.pk}/",
        f"/admin/pages/search/?q={CANARY}",
        "/admin/pages/search/?q=",
        "/admin/choose-page/",
        f"/admin/choose-page/{root.pk}/",
        f"/admin/choose-page/{family.pk}/",
        f"/admin/choose-page/search/?q={CANARY}",
        "/admin/choose-page/search/?q=visa",
        "/admin/api/main/pages/",
        f"/admin/api/main/pages/?search={CANARY}",
        *(reverse(name) for name, parts in named_below_admin() if not parts and "reports" in name),
    ]
    for address in addresses:
        answer = editor.get(address)
        assert answer.status_code in {200, 404}, address
        text = words(answer).replace(f"“{CANARY}”", "").replace(f'value="{CANARY}"', "")
        assert f"{CANARY} " not in text, address
    assert "Visa" in words(editor.get("/admin/choose-page/search/?q=visa"))


def test_the_canary_would_sing(sites: TwoSites, client: Client) -> None:
    client.force_login(make_user("root@example.org", superuser=True))
    family = sites.pages["en"].get_parent()
    for address in (f"/admin/pages/{family.pk}/", f"/admin/choose-page/search/?q={CANARY}"):
        assert f"{CANARY} " in words(client.get(address)), address


def test_questions_about_many_pages_name_no_foreign_one(sites: TwoSites, editor: Client) -> None:
    family = sites.pages["en"].get_parent()
    for action in ("delete", "move", "publish", "unpublish"):
        address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", action))
        for query in (
            f"?id={sites.other_draft.pk}",
            f"?id={sites.draft.pk}&id={sites.other_draft.pk}",
            f"?id=all&childOf={family.pk}",
            f"?id=all&childOf={sites.other_pages['en'].pk}",
            "?id=all",
            "?id=x",
        ):
            for answer in (editor.get(address + query), editor.post(address + query)):
                assert answer.status_code == 404, (action, query)
        assert editor.get(f"{address}?id={sites.draft.pk}").status_code == 200
    chosen = reverse("wagtailadmin_choose_page_chosen_multiple")
    assert editor.get(f"{chosen}?id={sites.other_draft.pk}").status_code == 404
    assert editor.get(f"{chosen}?id={sites.draft.pk}").status_code == 200


def test_no_page_moves_or_is_copied_to_another_event(sites: TwoSites, editor: Client) -> None:
    target = sites.other_pages["en"]
    move = reverse("wagtailadmin_pages:move_confirm", args=(sites.draft.pk, target.pk))
    assert editor.post(move).status_code == 404
    copy = reverse("wagtailadmin_pages:copy", args=(sites.draft.pk,))
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": target.pk}
    assert editor.post(copy, data).status_code in {200, 302}
    assert not target.get_children().filter(slug="copy").exists()


def test_translations_of_a_foreign_page_are_closed(sites: TwoSites, editor: Client) -> None:
    page = sites.other_pages["en"]
    source, _made = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=sites.other_pages["fr"].locale)
    parts = {
        "translation_id": translation.pk,
        "translation_source_id": source.pk,
        "page_id": page.pk,
        "string_segment_id": source.stringsegment_set.first().pk,
        "overridable_segment_id": 1,
        "mode": "ar",
    }
    tried = 0
    for name, needed in named_below_admin():
        if name.startswith("wagtail_localize:") and needed and needed <= set(parts):
            address = reverse(name, kwargs={part: parts[part] for part in needed})
            for method in (editor.get, editor.post, editor.put, editor.delete):
                answer = method(address)
                assert answer.status_code == 404, address
                assert CANARY not in words(answer)
            tried += 1
    assert tried == 11


def test_the_home_and_the_family_are_on_the_way_but_not_to_edit(sites: TwoSites, editor: Client) -> None:
    for page in (sites.homes["en"], sites.pages["en"].get_parent()):
        assert editor.get(reverse("wagtailadmin_explore", args=(page.pk,))).status_code == 200
        assert editor.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).status_code == 302
        assert editor.get(reverse("wagtailadmin_pages:add_subpage", args=(page.pk,))).status_code == 302
        submit = reverse("wagtail_localize:submit_page_translation", args=(page.pk,))
        assert editor.get(submit).status_code == 404


def test_the_event_of_a_page_is_fixed(sites: TwoSites, editor: Client) -> None:
    from bs4 import BeautifulSoup

    address = reverse("wagtailadmin_pages:edit", args=(sites.pages["en"].pk,))
    page = editor.get(address)
    form = BeautifulSoup(words(page), "html.parser").find("form", id="page-edit-form")
    options = [option["value"] for option in form.find("select", attrs={"name": "event"}).find_all("option")]
    assert set(options) <= {"", str(sites.event.pk)}
    typed = {"event": sites.other_event.pk, "title": "New title", "body-count": "0"}
    answer = editor.post(address, preset(form) | typed)
    assert answer.status_code == 302
    sites.pages["en"].refresh_from_db()
    draft = sites.pages["en"].get_latest_revision_as_object()
    assert (draft.title, draft.event_id) == ("New title", sites.event.pk)


def test_groups_keep_their_rights_on_all_pages(sites: TwoSites, client: Client) -> None:
    user = make_user("site@example.org")
    user.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(user)
    for page in sites.foreign():
        assert client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).status_code == 200
    assert hidden_from(user) == []


def test_who_may_edit_a_page_is_found(sites: TwoSites) -> None:
    editor, root = make_editor(sites), make_user("root@example.org", superuser=True)
    left = make_editor(sites, "left@example.org")
    left.is_active = False
    left.save()
    policy = policy_registry.get_by_type(Page)
    assert set(policy.users_with_permission_for_instance("change", sites.draft)) == {editor, root}
    assert set(policy.users_with_permission_for_instance("change", sites.other_draft)) == {root}
    assert set(policy.users_with_permission_for_instance("publish", sites.draft)) == {root}
    assert set(policy.users_with_permission("change")) == {editor, root}


def test_rights_end_with_the_membership(sites: TwoSites, editor: Client) -> None:
    address = reverse("wagtailadmin_pages:edit", args=(sites.draft.pk,))
    assert editor.get(address).status_code == 200
    sites.event.team.all().delete()
    assert editor.get(address).status_code == 404


def test_an_editor_chooses_images_and_documents_in_reach(sites: TwoSites, client: Client) -> None:
    for title, event in (("Own paper", sites.event), ("Everybody’s", None), (CANARY, sites.other_event)):
        SiteDocument.objects.create(title=title, event=event, file="x.pdf", audience="team")
    client.force_login(make_editor(sites))
    for address in (
        "/admin/documents/",
        "/admin/documents/chooser/",
        "/admin/documents/chooser/results/?q=paper",
        f"/admin/documents/chooser/results/?q={CANARY}",
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert CANARY not in re.sub(rf"“[^”]*”|\"{CANARY}\"|<em>{CANARY}</em>", "", words(answer)), address
    foreign = SiteDocument.objects.get(title=CANARY)
    assert client.get(f"/admin/documents/edit/{foreign.pk}/").status_code == 302
    assert client.get(f"/admin/documents/chooser/{foreign.pk}/").status_code in {302, 403, 404}
    assert client.get("/admin/images/chooser/").status_code == 200
    client.force_login(make_editor(sites, "door@example.org", Role.DOOR))
    assert client.get("/admin/documents/").status_code == 302
    assert client.get("/admin/images/").status_code == 302


def test_rights_cost_one_query_more_for_an_editor(sites: TwoSites, django_assert_num_queries) -> None:
    policy = policy_registry.get_by_type(Page)
    editor, door = make_editor(sites), make_editor(sites, "door@example.org", Role.DOOR)
    with django_assert_num_queries(2):  # groups, roles
        policy.get_cached_permissions_for_user(door)
    with django_assert_num_queries(3):  # groups, roles, pages
        policy.get_cached_permissions_for_user(editor)
        policy.get_cached_permissions_for_user(editor)


def test_the_page_editor_alone_may_write_styles(sites: TwoSites, editor: Client) -> None:
    edit = editor.get(reverse("wagtailadmin_pages:edit", args=(sites.draft.pk,)))
    assert "style-src 'self' 'unsafe-inline'" in edit["Content-Security-Policy"]
    for address in ("/admin/", "/admin/reports/languages/", "/en/ephyto/own/"):
        assert "style-src 'self';" in f"{editor.get(address)['Content-Security-Policy']};", address
