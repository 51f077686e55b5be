import re

import pytest
from django.core.management import call_command

from events.catalogue.models import Event
from site_cms.documents import selectors
from site_cms.documents.demonstration import publish_demo_documents
from site_cms.models import DocumentsPage, SiteDocument
from tests.factories import make_event
from tests.site_cms.factories import make_event_site
from tests.site_cms.files import make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event("ONE")


def listed(client, address) -> list[str]:
    """The titles in the list, in order."""
    response = client.get(address)
    assert response.status_code == 200
    return re.findall(r'download><bdi lang="[^"]+">([^<]*)</bdi>', response.text)


@pytest.fixture
def listing(event):
    pages = make_event_site(event)
    return pages["en"].add_child(instance=DocumentsPage(title="Documents", slug="documents"))


def test_by_agenda_number_then_language(client, event, listing):
    for number in ("10", "3.10", "2", "3.1", ""):
        make_document(event, title=f"Item {number}", agenda_number=number)
    make_document(event, title="Point 2", agenda_number="2", language="fr")
    make_document(event, title="البند 2", agenda_number="2", language="ar")
    make_document(make_event("TWO"), title="Foreign")
    assert listed(client, listing.url) == [
        "Item 2",
        "Point 2",
        "البند 2",
        "Item 3.1",
        "Item 3.10",
        "Item 10",
        "Item ",
    ]


def test_one_language_alone(client, event, listing):
    make_document(event, title="Agenda")
    make_document(event, title="Ordre du jour", language="fr")
    assert listed(client, f"{listing.url}?language=fr") == ["Ordre du jour"]
    text = client.get(f"{listing.url}?language=fr").text
    assert '<option value="fr" lang="fr" selected>Français</option>' in text
    assert 'value="ru"' not in text


@pytest.mark.parametrize("language", ["ru", "xx", "%00", "<script>", "fr'--"])
def test_a_language_without_documents_counts_as_not_asked(client, event, listing, language):
    make_document(event, title="Agenda")
    make_document(event, title="Ordre du jour", language="fr")
    assert listed(client, f"{listing.url}?language={language}") == ["Agenda", "Ordre du jour"]


def test_kind_size_and_own_name_of_the_language(client, event, listing):
    make_document(event, content=b"%PDF-1.7\n" + b"0" * 20_480 + b"\n%%EOF", language="ru")
    text = re.sub(r"\s+", " ", client.get(listing.url).text)
    assert '<span lang="ru">Русский</span> · PDF · <bdi>20.0' in text


def test_a_title_is_no_markup(client, event, listing):
    make_document(event, title="<script>alert(1)</script>")
    assert "<script>alert" not in client.get(listing.url).text


def test_an_empty_list_says_so_and_papers_for_participants_are_hinted_at(client, event, listing):
    text = client.get(listing.url).text
    assert "No document is published yet." in text
    assert "Some papers are for registered participants." not in text
    make_document(event, audience="registered")
    assert "Some papers are for registered participants." in client.get(listing.url).text


def test_the_number_of_queries_is_fixed(client, event, listing, django_assert_max_num_queries):
    make_document(event)
    client.get(listing.url)
    with django_assert_max_num_queries(12) as first:
        client.get(listing.url)
    for number in range(8):
        make_document(event, agenda_number=str(number))
    with django_assert_max_num_queries(12) as second:
        client.get(listing.url)
    assert len(first) == len(second)


def test_the_demonstration_has_papers_in_six_languages_of_each_audience():
    call_command("demo")
    event = Event.objects.get(code="DEMO-EPHYTO")
    assert [name for _code, name in selectors.languages_in(selectors.listing(event.pk))] == [
        "English",
        "Français",
        "Español",
        "العربية",
        "中文",
        "Русский",
    ]
    audiences = SiteDocument.objects.filter(event=event).values_list("audience", flat=True).distinct()
    assert sorted(audiences) == ["public", "registered", "team"]
    assert DocumentsPage.objects.filter(locale__language_code="ar").count() == 1
    before = SiteDocument.objects.count()
    assert publish_demo_documents() == []
    assert SiteDocument.objects.count() == before
