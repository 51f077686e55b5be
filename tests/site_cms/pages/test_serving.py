"""A page at its address, found from a home page that is kept for three seconds."""

import pytest
from django.core.cache import caches
from wagtail.models import Site

from tests.factories import make_event
from tests.site_cms.factories import make_event_site, make_homes

LOCAL = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "ground", "TIMEOUT": 3}
ANOTHER = "/ar/ephyto/one/?page={}"

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(settings):
    settings.CACHES = settings.CACHES | {"process": LOCAL}
    yield caches["process"]
    caches["process"].clear()


def test_the_next_page_asks_neither_for_the_site_nor_for_its_home(client, kept, django_assert_num_queries):
    make_event_site(make_event("ONE"))
    first = client.get(ANOTHER.format(1)).text
    with django_assert_num_queries(5):
        assert client.get(ANOTHER.format(2)).text == first.replace("page=1", "page=2")
    kept.clear()
    with django_assert_num_queries(10):
        client.get(ANOTHER.format(3))


def test_each_language_has_a_home_of_its_own(client, kept):
    make_event_site(make_event("ONE"))
    for language in ("ar", "en", "fr"):
        assert client.get(f"/{language}/ephyto/one/").context["page"].locale.language_code == language


def test_the_home_page_is_shown_as_it_stands_now(client, kept):
    home = make_homes()["en"]
    assert client.get("/en/?page=1").context["page"].title == "Home"
    home.title = "Plant health meets"
    home.save()
    assert client.get("/en/?page=2").context["page"].title == "Plant health meets"


def test_where_no_site_is_there_is_no_page(client):
    Site.objects.all().delete()
    assert client.get("/en/").status_code == client.get("/en/ephyto/").status_code == 404
