import json
import re
import uuid

import pytest
from wagtail.models import PageViewRestriction

from site_cms.models import StandardPage
from tests.factories import make_event, make_session
from tests.site_cms.factories import make_event_pages, make_event_site, make_family_pages, make_homes
from tests.site_cms.files import make_document

pytestmark = pytest.mark.django_db


def results(client, query, language="en", **more):
    """The kind, title and address of each result, in order."""
    response = client.get(f"/{language}/search/", {"q": query, **more})
    assert response.status_code == 200
    return [
        (kind, title, url)
        for url, title, kind in re.findall(
            r'<li><h2><a href="([^"]+)"><span lang="[^"]+" dir="[^"]+">([^<]*)</span></a></h2>\s*'
            r'<p class="quiet">(\w+)',
            response.text,
        )
    ]


def body(*texts):
    """A page's body of paragraphs as it is stored."""
    return json.dumps(
        [{"type": "text", "value": f"<p>{text}</p>", "id": str(uuid.uuid4())} for text in texts]
    )


def make_page(parent, title, *texts, **fields):
    page = StandardPage(title=title, slug=f"page-{uuid.uuid4().hex[:8]}", locale=parent.locale, **fields)
    page.body = body(*texts)
    return parent.add_child(instance=page)


def test_an_event_a_page_a_document_and_a_session(client):
    event = make_event("ONE", title={"en": "Symposium on ePhyto"})
    pages = make_event_site(event)
    page = make_page(pages["en"], "Visa", "How to travel to the ePhyto symposium")
    document = make_document(event, title="ePhyto agenda")
    make_session(event, title={"en": "Opening of ePhyto"})
    assert set(results(client, "ephyto")) == {
        ("Event", "Symposium on ePhyto", "/en/ephyto/one/"),
        ("Page", "Visa", page.url),
        ("Page", "Ephyto", "/en/ephyto/"),
        ("Document", "ePhyto agenda", document.url),
        ("Session", "Opening of ePhyto", "/en/events/ONE/programme/"),
    }
    assert results(client, "ephyto")[0][0] == "Event"


@pytest.mark.parametrize(
    "language,text,query",
    [
        ("zh-hans", "植物检疫证书由国家植保机构签发。", "证书"),
        ("ar", "تصدر الشهادة المنظمة الوطنية لوقاية النباتات", "نباتات"),
        ("ru", "Национальная организация выдает сертификат", "СЕРТИФИКАТ"),
        ("fr", "Le certificat est délivré par l’organisation", "delivre"),
        ("es", "Sanidad vegetal", "SANIDAD"),
    ],
)
def test_words_of_every_language_are_found_in_bodies(client, language, text, query):
    homes = make_homes()
    page = make_page(homes[language], "Page", text)
    found = results(client, query, language)
    assert [url for _kind, _title, url in found] == [page.url]
    assert results(client, query, "en") == []


@pytest.mark.parametrize("query", ["植检", "نبات", "растени"])
def test_titles_of_events_and_sessions_are_found(client, query):
    texts = {
        "植检": ("zh-hans", "国际植检研讨会"),
        "نبات": ("ar", "صحة النبات"),
        "растени": ("ru", "Растения"),
    }
    language, title = texts[query]
    event = make_event("ONE", title={"en": "Symposium", language: title})
    pages = make_event_site(event)
    pages[language].title = title
    pages[language].save()
    make_session(event, title={"en": "Opening", language: title})
    assert [kind for kind, _title, _url in results(client, query, language)] != []
    assert len(results(client, query, language)) == 2


def test_documents_are_found_in_their_language(client):
    make_homes()
    make_document(title="Plan of work")
    make_document(title="Plan de travail", language="fr")
    assert [title for _kind, title, _url in results(client, "plan")] == ["Plan of work"]
    assert [title for _kind, title, _url in results(client, "plan", "fr")] == ["Plan de travail"]


def test_what_is_not_public_is_not_found(client):
    homes = make_homes()
    parents = make_family_pages(make_event("ONE").family, homes)
    draft = make_event_pages(make_event("DRAFT", title={"en": "Zyzzyva"}, state="draft"), parents)["en"]
    make_page(draft, "Zyzzyva below a draft")
    make_page(homes["en"], "Zyzzyva not live", live=False)
    private = make_page(homes["en"], "Zyzzyva private")
    make_page(private, "Zyzzyva below a private page")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    make_session(make_event("TWO", state="draft"), title={"en": "Zyzzyva"})
    make_session(make_event("THREE"), title={"en": "Zyzzyva"}, state="cancelled")
    assert results(client, "zyzz") == []


def test_a_page_unpublished_a_moment_ago_is_gone(client):
    page = make_page(make_homes()["en"], "Visa")
    assert len(results(client, "visa")) == 1
    page.unpublish()
    assert results(client, "visa") == []


HOSTILE = [
    '"', "'", '""" OR 1=1 --', "NEAR(a b", "a AND", "* OR NOT", "col:val",
    "%", "_", "\\", "(((", "[a-", "(?P<",
    "\x00", "a\x00b", "\xed\xa0\x80", "<script>alert(1)</script>",
    "{{ 7*7 }}", "🌱" * 500, "a" * 10_000, "(a+)+$ " * 2_000, "́" * 5_000, "ﷺ" * 300, "\u202e", "﷽",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_is_a_fault(client, query):
    make_event_site(make_event("ONE"))
    response = client.get("/en/search/", {"q": query})
    assert response.status_code == 200
    assert "<script>alert" not in response.text


@pytest.mark.parametrize(
    "raw", ["q=%ED%A0%80", "q=%FF%FE", "q=a&q=b", "q[]=a", "q=%00", "q=" + "%F0%9F%8C%B1" * 2_000]
)
def test_no_bytes_in_the_address_are_a_fault(client, raw):
    make_event_site(make_event("ONE"))
    assert client.get(f"/ar/search/?{raw}").status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", "", "1e9", "%00"])
def test_no_page_number_is_a_fault(client, page):
    make_page(make_homes()["en"], "Visa")
    assert len(results(client, "visa", page=page)) == 1


def test_ten_a_page(client):
    home = make_homes()["en"]
    for number in range(23):
        make_page(home, f"Visa {number}")
    assert [len(results(client, "visa", page=page)) for page in (1, 2, 3)] == [10, 10, 3]
    text = client.get("/en/search/?q=visa&page=2").text
    assert "23 results" in text
    assert 'rel="next" href="?q=visa&amp;page=3"' in text
    assert '<ol class="results" start="11">' in text


def test_nothing_found_and_nothing_asked(client):
    make_homes()
    assert "Nothing was found." in client.get("/en/search/?q=zyzz").text
    text = client.get("/en/search/").text
    assert "Nothing was found." not in text
    assert 'role="search" action="/en/search/"' in text
    assert client.post("/en/search/").status_code == 405


def test_a_page_of_results_is_not_indexed(client):
    make_homes()
    assert '<meta name="robots" content="noindex">' in client.get("/en/search/?q=a").text


def test_the_number_of_queries_is_fixed(client, django_assert_max_num_queries):
    event = make_event("ONE")
    pages = make_event_site(event)
    make_page(pages["en"], "Visa")
    make_document(event)
    make_session(event)
    client.get("/en/search/?q=visa")
    with django_assert_max_num_queries(14) as first:
        client.get("/en/search/?q=visa")
    for number in range(5):
        other = make_event(f"MORE-{number}")
        make_page(pages["en"], f"Visa {number}")
        make_document(other)
        make_session(other)
    with django_assert_max_num_queries(14) as second:
        client.get("/en/search/?q=visa")
    assert len(first) == len(second)


def test_an_excerpt_runs_in_the_direction_of_its_language_whatever_it_begins_with(client):
    homes = make_homes()
    make_page(homes["ar"], "المحور", "ePhyto هي شهادة الصحة النباتية")
    text = client.get("/ar/search/", {"q": "ePhyto"}).text
    assert '<p lang="ar" dir="rtl">ePhyto هي شهادة الصحة النباتية' in text
