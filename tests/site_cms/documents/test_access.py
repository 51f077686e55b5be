"""Who may open a document, and that nobody else learns of it."""

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.urls import reverse
from modelsearch.backends import get_search_backend
from wagtail.models import CollectionViewRestriction

from events.access.models import Membership
from events.access.roles import Role
from events.registration import link
from site_cms.documents import serving
from site_cms.documents.files import CONTENT_TYPES
from site_cms.models import DocumentsPage, SiteDocument
from tests.factories import make_category, make_event, make_registration
from tests.site_cms.factories import make_event_site
from tests.site_cms.files import PDF, make_document

pytestmark = pytest.mark.django_db
CANARY = "Zyzzyva"
ITS_BEGINNING = "zyzz"


def member(event, role=Role.EDITOR, email="editor@example.org"):
    """Somebody in the event's team, by role alone."""
    user = get_user_model().objects.create_user(email, "secret")
    Membership.objects.create(user=user, event=event, role=role)
    return user


def superuser(email="admin@example.org"):
    return get_user_model().objects.create_superuser(email, "secret")


def personal(registration, document, language="en"):
    token = link.REGISTRATION.token_for(registration.public_id, registration.link_version)
    return f"/{language}/r/{token}/documents/{document.pk}/{document.filename}"


def get(client, address, **options):
    """The answer, its file read and closed."""
    response = client.get(address, **options)
    response.body = b"".join(response.streaming_content) if response.streaming else response.content
    # Not `close()`, which would end the test's connection to the database.
    for close in response._resource_closers:
        close()
    return response


@pytest.fixture
def event():
    event = make_event("ONE")
    make_category(event)
    return event


# ---------------------------------------------------------------- how a file is handed out


def test_a_public_document_is_a_download_for_everybody(client, event):
    document = make_document(event, title="Ordre du jour : révisé", agenda_number="3.1", language="fr")
    response = get(client, document.url)
    assert response.status_code == 200
    assert response.body == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="3-1-ordre-du-jour-revise-fr.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=300"
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_second_request_is_answered_by_304(client, event):
    document = make_document(event)
    etag = get(client, document.url)["ETag"]
    response = get(client, document.url, headers={"If-None-Match": etag})
    assert response.status_code == 304


def test_a_title_in_another_script_leaves_a_plain_name(event):
    document = make_document(event, title='议程"\r\nSet-Cookie: a=b', language="zh-hans")
    assert serving.download_name(document) == "set-cookie-ab-zh-hans.pdf"
    assert serving.download_name(make_document(event, title="议程", language="ar")) == "document-ar.pdf"


@pytest.mark.parametrize("kind", ["pdf", "docx", "csv", "txt", "html", "svg", "exe"])
def test_nothing_is_ever_served_as_a_page(client, event, kind):
    document = make_document(event)
    name = document.file.storage.save(f"stray.{kind}", ContentFile(PDF))
    SiteDocument.objects.filter(pk=document.pk).update(file=name)
    document.refresh_from_db()
    response = get(client, document.url)
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Type"] == CONTENT_TYPES.get(kind, "application/octet-stream")


def test_a_lost_file_is_not_found_instead_of_a_fault(client, event):
    document = make_document(event)
    document.file.storage.delete(document.file.name)
    assert get(client, document.url).status_code == 404


def test_no_other_method_is_answered(client, event):
    assert client.post(make_document(event).url).status_code == 405


def test_no_address_leads_to_the_folder(client, event, documents_folder):
    document = make_document(event)
    assert (documents_folder / document.file.name).is_file()
    for address in (
        f"/media/{document.file.name}",
        f"/media/documents/{document.file.name}",
        f"/documents/{document.file.name}",
    ):
        assert get(client, address).status_code in {301, 302, 404}, address
        assert PDF not in client.get(address, follow=True).content
    with pytest.raises(NotImplementedError):
        _ = document.file.url


def test_the_folder_lies_beside_the_images(settings):
    apart = Path(settings.STORAGES["documents"]["OPTIONS"]["location"]).resolve()
    images = Path(settings.MEDIA_ROOT).resolve()
    assert images not in {apart, *apart.parents}
    assert apart not in images.parents


# ---------------------------------------------------------------- who may open it


@pytest.mark.parametrize("audience,expected", [("public", 200), ("registered", 404), ("team", 404)])
def test_a_stranger_opens_what_is_public(client, event, audience, expected):
    assert get(client, make_document(event, audience=audience).url).status_code == expected


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("audience", ["public", "registered", "team"])
def test_every_role_in_the_team_opens_all_of_its_event(client, event, role, audience):
    client.force_login(member(event, role))
    response = get(client, make_document(event, audience=audience).url)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_the_team_of_another_event_is_a_stranger(client, event):
    client.force_login(member(make_event("TWO")))
    assert get(client, make_document(event, audience="team").url).status_code == 404
    assert get(client, make_document(event, audience="registered").url).status_code == 404


def test_who_left_the_team_is_a_stranger(client, event):
    user = member(event)
    document = make_document(event, audience="team")
    client.force_login(user)
    assert get(client, document.url).status_code == 200
    Membership.objects.all().delete()
    assert get(client, document.url).status_code == 404


def test_a_superuser_opens_everything(client, event):
    client.force_login(superuser())
    for audience in ("registered", "team"):
        assert get(client, make_document(event, audience=audience).url).status_code == 200
        assert get(client, make_document(audience=audience).url).status_code == 200


def test_a_draft_events_documents_wait_with_it(client):
    document = make_document(make_event("DRAFT", state="draft"))
    assert get(client, document.url).status_code == 404


def test_a_collection_private_in_wagtail_is_private_here(client, event):
    document = make_document(event, title=CANARY)
    CollectionViewRestriction.objects.create(collection=document.collection, restriction_type="login")
    assert get(client, document.url).status_code in {302, 404}
    assert CANARY not in client.get("/en/search/", {"q": ITS_BEGINNING}).text


# ---------------------------------------------------------------- the personal link


@pytest.mark.parametrize("audience,expected", [("public", 200), ("registered", 200), ("team", 404)])
def test_a_participant_opens_what_is_for_participants(client, event, audience, expected):
    document = make_document(event, audience=audience)
    response = get(client, personal(make_registration(event), document))
    assert response.status_code == expected
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    if expected == 404:
        assert response.body == get(client, "/en/r/x/documents/1/x.pdf").body
    else:
        assert response.body == PDF
        assert response["Content-Disposition"].startswith("attachment;")


def test_a_participant_of_another_event_is_a_stranger(client, event):
    other = make_event("TWO")
    document = make_document(event, audience="registered")
    assert get(client, personal(make_registration(other), document)).status_code == 404


def test_nobody_opens_papers_before_the_place_is_confirmed(client, event):
    waiting = make_registration(event, make_category(event, "W", needs_approval=True))
    document = make_document(event, audience="registered")
    assert get(client, personal(waiting, document)).status_code == 404


def test_a_revoked_link_opens_nothing(client, event):
    registration = make_registration(event)
    document = make_document(event, audience="registered")
    address = personal(registration, document)
    registration.link_version += 1
    registration.save()
    response = client.get(address)
    assert response.status_code == 404
    assert response["Referrer-Policy"] == "no-referrer"


def test_the_participants_page_lists_what_they_may_open(client, event, django_assert_num_queries):
    registration = make_registration(event)
    make_document(event, title="Agenda", agenda_number="2")
    paper = make_document(event, title="Draft report", agenda_number="10", audience="registered")
    make_document(event, title=CANARY, audience="team")
    address = reverse(
        "my_registration",
        args=[link.REGISTRATION.token_for(registration.public_id, registration.link_version)],
    )
    text = client.get(address).text
    assert text.index(">Agenda<") < text.index(">Draft report<")
    assert personal(registration, paper) in text
    assert CANARY not in text
    with django_assert_num_queries(6):
        client.get(address)


# ---------------------------------------------------------------- the canary


def test_a_secret_document_is_named_nowhere(client, event):
    pages = make_event_site(event)
    listing = pages["en"].add_child(instance=DocumentsPage(title="Documents", slug="documents"))
    make_document(event, title="Agenda")
    secrets = [
        make_document(event, title=f"{CANARY} {audience}", audience=audience)
        for audience in ("team", "registered")
    ]
    secrets.append(make_document(make_event("DRAFT", state="draft"), title=f"{CANARY} draft"))
    addresses = [
        "/en/", "/en/ephyto/", "/en/ephyto/one/", listing.url, f"{listing.url}?language=en",
        f"/en/search/?q={ITS_BEGINNING}", "/en/search/?q=draft", "/sitemap.xml", "/en/feeds/news/",
        "/calendar/ONE.ics", "/calendar/all.ics", "/en/events/ONE/programme/",
    ]  # fmt: skip
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        text = response.text
        assert CANARY not in text, address
        for secret in secrets:
            assert secret.filename not in text, address
            assert secret.url not in text, address
    assert "Agenda" in client.get(listing.url).text


def test_the_staff_of_another_event_never_read_of_it(client, event):
    mine = make_event("TWO")
    secret = make_document(event, title=f"{CANARY} plan", audience="team")
    uploaded = make_document(title=f"{CANARY} without event", audience="team")
    client.force_login(member(mine, Role.EDITOR))
    ids = f"id={secret.pk}&id={uploaded.pk}"
    addresses = [
        "/admin/", "/admin/documents/", f"/admin/documents/?q={ITS_BEGINNING}", "/admin/documents/chooser/",
        f"/admin/documents/chooser/results/?q={ITS_BEGINNING}", f"/admin/documents/chooser/{secret.pk}/",
        f"/admin/documents/chooser/chosen-multiple/?{ids}", f"/admin/documents/edit/{secret.pk}/",
        f"/admin/documents/delete/{secret.pk}/", f"/admin/documents/usage/{secret.pk}/",
        "/admin/api/main/documents/", f"/admin/api/main/documents/{secret.pk}/",
        f"/admin/api/main/documents/?search={ITS_BEGINNING}",
        f"/admin/bulk/site_cms/sitedocument/delete/?{ids}",
        f"/admin/bulk/site_cms/sitedocument/add_tags/?{ids}",
        "/admin/bulk/site_cms/sitedocument/delete/?id=all",
    ]  # fmt: skip
    for address in addresses:
        text = client.get(address, follow=True).text
        assert CANARY not in text, address
        assert secret.filename not in text, address
    client.post(f"/admin/bulk/site_cms/sitedocument/delete/?{ids}")
    assert SiteDocument.objects.filter(pk__in=[secret.pk, uploaded.pk]).count() == 2


def test_an_editor_works_on_all_documents_of_the_event(client, event):
    document = make_document(event, title="Agenda", audience="team")
    get_search_backend().add(document)
    client.force_login(member(event))
    assert "Agenda" in client.get("/admin/documents/").text
    assert "Agenda" in client.get("/admin/documents/", {"q": "agenda"}).text
    assert client.get(f"/admin/documents/edit/{document.pk}/").status_code == 200
    found = client.get("/admin/api/main/documents/").json()
    assert [item["title"] for item in found["items"]] == ["Agenda"]
