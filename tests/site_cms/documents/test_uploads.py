"""Uploading through the staff screens."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Collection, UploadedFile

from events.access.models import Membership
from events.access.roles import Role
from site_cms.models import SiteDocument
from tests.factories import make_event
from tests.site_cms.files import PDF, make_document, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event("ONE")


@pytest.fixture
def editor(client, event):
    """The client of an editor in the event's team."""
    user = get_user_model().objects.create_user("editor@example.org", "secret")
    Membership.objects.create(user=user, event=event, role=Role.EDITOR)
    client.force_login(user)
    return client


def fields(**values):
    return {
        "title": "Agenda",
        "file": upload("agenda.pdf", PDF),
        "collection": Collection.objects.get(depth=1).pk,
        "tags": "",
        "language": "en",
        "agenda_number": "1",
    } | values


def errors(response) -> dict:
    return response.context["form"].errors


def test_an_upload_gets_a_name_that_says_nothing(editor, event, documents_folder):
    response = editor.post("/admin/documents/add/", fields(event=event.pk, audience="public"))
    assert response.status_code == 302
    document = SiteDocument.objects.get()
    assert (document.event, document.audience, document.title) == (event, "public", "Agenda")
    assert document.file_size == len(PDF)
    assert [path.name for path in documents_folder.iterdir()] == [document.filename]
    assert "agenda" not in document.filename


@pytest.mark.parametrize(
    "name,content",
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("drawing.svg", b"<svg/>"),
        ("page.pdf", b"<html><script>alert(1)</script></html>"),
    ],
)
def test_what_is_no_document_is_not_stored(editor, event, documents_folder, name, content):
    response = editor.post("/admin/documents/add/", fields(event=event.pk, file=upload(name, content)))
    assert list(errors(response)) == ["file"]
    assert not SiteDocument.objects.exists()
    assert not documents_folder.exists()


def test_a_document_is_for_the_team_until_somebody_says_otherwise(editor, event):
    editor.post("/admin/documents/add/", fields(event=event.pk))
    assert SiteDocument.objects.get().audience == "team"


def test_the_uploader_of_many_files_publishes_nothing_by_itself(editor, documents_folder):
    answer = editor.post(
        "/admin/documents/multiple/add/",
        {"files[]": upload("Secret plan.pdf", PDF), "title": "Secret plan"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    ).json()
    assert answer["success"]
    document = SiteDocument.objects.get()
    assert (document.audience, document.event) == ("team", None)
    assert not UploadedFile.objects.exists()
    assert editor.get("/en/search/?q=secr").text.count("Secret plan") == 0


def test_the_uploader_of_many_files_refuses_what_is_none(editor):
    answer = editor.post(
        "/admin/documents/multiple/add/",
        {"files[]": upload("page.pdf", b"<html>"), "title": "Page"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    ).json()
    assert not answer["success"]
    assert not SiteDocument.objects.exists()
    assert not UploadedFile.objects.exists()


def test_an_editor_cannot_put_a_document_into_another_event(editor):
    foreign = make_event("TWO")
    response = editor.post("/admin/documents/add/", fields(event=foreign.pk, audience="public"))
    assert list(errors(response)) == ["event"]
    assert not SiteDocument.objects.exists()


def test_an_editor_cannot_move_a_document_to_another_event(editor, event):
    foreign, document = make_event("TWO"), make_document(event)
    response = editor.post(f"/admin/documents/edit/{document.pk}/", fields(event=foreign.pk, file=""))
    assert list(errors(response)) == ["event"]
    document.refresh_from_db()
    assert document.event == event


def test_the_choice_of_events_holds_ones_own_only(editor, event):
    make_event("TWO", title={"en": "Foreign event"})
    text = editor.get("/admin/documents/add/").text
    assert str(event) in text
    assert "Foreign event" not in text


@pytest.mark.parametrize("audience", ["public", "registered"])
def test_a_team_publishes_for_its_event_only(editor, audience):
    response = editor.post("/admin/documents/add/", fields(audience=audience))
    assert list(errors(response)) == ["event"]


def test_a_group_of_the_secretariat_publishes_for_the_whole_site(client):
    user = get_user_model().objects.create_user("group@example.org", "secret")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    assert client.post("/admin/documents/add/", fields(audience="public")).status_code == 302
    assert SiteDocument.objects.get().event is None


def test_an_edit_without_a_choice_keeps_the_audience(editor, event):
    document = make_document(event, audience="public")
    editor.post(f"/admin/documents/edit/{document.pk}/", fields(event=event.pk, file="", title="New title"))
    document.refresh_from_db()
    assert (document.title, document.audience) == ("New title", "public")
