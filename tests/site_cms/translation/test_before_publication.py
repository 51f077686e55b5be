"""A page that nobody has published yet is translated from its newest draft, and follows it."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, TaskState
from wagtail_localize.models import TranslationSource

from events.access.roles import Role
from site_cms.editing.services import make_event_page
from site_cms.models import EventPage
from tests.events.access.two_events import make_user
from tests.factories import make_event, make_family
from tests.site_cms.factories import make_family_pages, make_homes
from tests.visitor import preset

from .test_translating import fill_in, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> EventPage:
    """The draft that the dashboard makes for an event."""
    make_family_pages(make_family("ephyto"), make_homes(("en", "fr", "ar")))
    event = make_event("FIJI", family=make_family("ephyto"))
    return make_event_page(event=event, user=editor_of(event, "editor@example.org"))


def editor_of(event, email: str):
    return make_user(email, (event, Role.EDITOR))


@pytest.fixture
def author(page: EventPage) -> Client:
    client = Client()
    client.force_login(page.owner)
    return client


def write(client: Client, page: Page, title: str, heading: str, button: str = "save") -> None:
    """Type a title and one block into the page's form, and press a button below it."""
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    form = BeautifulSoup(client.get(address).content, "html.parser").find("form", id="page-edit-form")
    block = {"deleted": "", "order": "0", "type": "heading", "id": "", "value": heading}
    body = {"body-count": "1", **{f"body-0-{name}": value for name, value in block.items()}}
    answer = client.post(address, preset(form) | body | {"title": title, button: "1"})
    assert answer.status_code == 302, answer.text


def to_translate() -> set[str]:
    [source] = TranslationSource.objects.all()
    return set(source.stringsegment_set.values_list("string__data", flat=True))


def synchronise(client: Client) -> None:
    """Press “Sync translated pages”."""
    update = reverse("wagtail_localize:update_translations", args=(TranslationSource.objects.get().pk,))
    assert client.post(update).status_code == 302


def test_the_newest_draft_is_what_is_translated(page: EventPage, author: Client) -> None:
    write(author, page, "Symposium", "Come to Nadi")
    translate(author, page, "fr", "ar")
    assert to_translate() == {"Symposium", "Come to Nadi"}
    page.refresh_from_db()
    assert [each.live for each in (page, *page.get_translations())] == [False, False, False]


@pytest.mark.parametrize("button", ["save", "action-submit"])
def test_later_changes_of_the_draft_come_into_the_translations(
    page: EventPage, author: Client, button: str
) -> None:
    write(author, page, "Symposium", "Come to Nadi")
    translate(author, page, "fr")
    write(author, page, "Symposium", "Come to the lagoon", button)
    assert to_translate() == {"Symposium", "Come to Nadi"}
    synchronise(author)
    assert to_translate() == {"Symposium", "Come to the lagoon"}


def test_what_is_public_is_translated_until_its_change_is_approved(page: EventPage, author: Client) -> None:
    write(author, page, "Symposium", "Come to Nadi", "action-submit")
    approve(page)
    translate(author, page, "fr")
    write(author, page, "Symposium", "Not read by anybody yet")
    synchronise(author)
    assert to_translate() == {"Symposium", "Come to Nadi"}


def test_three_languages_are_reviewed_together(page: EventPage, author: Client) -> None:
    write(author, page, "Symposium", "Come to Nadi")
    translate(author, page, "fr", "ar")
    write(author, page, "Symposium", "Come to Nadi", "action-submit")
    for language, texts in {"fr": ("Colloque", "Venez"), "ar": ("ندوة", "تعالوا")}.items():
        words = dict(zip(("Symposium", "Come to Nadi"), texts, strict=True))
        translation = fill_in(author, page, language, words)
        answer = author.post(reverse("submit_translation", args=(translation.pk,)), follow=True)
        assert "no translation yet" not in answer.text
    approve(page, *page.get_translations())
    for language, title in {"en": "Symposium", "fr": "Colloque", "ar": "ندوة"}.items():
        assert f"<h1>{title}</h1>" in Client().get(f"/{language}/ephyto/fiji/").text


def approve(*pages: Page) -> None:
    """A colleague approves each page."""
    colleague = Client()
    colleague.force_login(editor_of(pages[0].specific.event, "second@example.org"))
    for page in pages:
        state = TaskState.objects.get(status="in_progress", workflow_state__object_id=str(page.pk))
        address = reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "approve", state.pk))
        assert colleague.post(address).status_code == 302
