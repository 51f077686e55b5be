"""What an editor, a proposer or a delegate writes is text wherever it is shown: pages, screens, mails."""

import xml.etree.ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from events.catalogue.texts import TextsField
from events.mails import RENDERERS
from events.outbox.models import Message
from events.registration import link
from events.registration import mails as registration_mails
from events.registration.models import Registration
from events.wagtail_hooks import EventsGroup
from site_cms.models import (
    ContactPage,
    DocumentsPage,
    NewsIndexPage,
    NewsPage,
    ProposalsPage,
    SiteTexts,
    SpeakersPage,
    StandardPage,
)
from tests.events.access.screens import viewsets
from tests.events.access.two_events import make_user, rows_of
from tests.events.proposals.rows import make_accepted, make_proposal
from tests.factories import make_country, make_event, make_family
from tests.site_cms.factories import make_event_pages, make_family_pages, make_homes, make_image, make_page
from tests.site_cms.files import make_document

pytestmark = pytest.mark.django_db

HOSTILE = "\"'><img src=x onerror=x()></script><script>x()</script>{{ 7|add:7 }}&lt;i&gt;"
SHORT = "<b onerror=x()>"
KEPT = {"code", "slug", "zone", "colour", "letter", "currency", "consent_version", "language", "public_id"}
"""Not free to hold any text: checked by validators or made by the site."""


def poison(row: models.Model) -> None:
    """Write hostile words into every text of the row that is free to hold them."""
    texts = {}
    for field in row._meta.concrete_fields:
        if isinstance(field, TextsField):
            texts[field.name] = {"en": HOSTILE, "ar": HOSTILE}
        elif _free(field):
            room = getattr(field, "max_length", None) or 10_000
            texts[field.name] = HOSTILE if room >= len(HOSTILE) else SHORT[:room]
    type(row)._default_manager.filter(pk=row.pk).update(**texts)
    row.refresh_from_db()


def _free(field: models.Field) -> bool:
    kinds = (models.CharField, models.TextField)
    special = (models.EmailField, models.URLField, models.FileField, models.UUIDField, models.SlugField)
    return (
        isinstance(field, kinds)
        and not isinstance(field, special)
        and not field.choices
        and not field.primary_key
        and not field.unique
        and field.name not in KEPT
        and field.model.__name__ not in {"Message", "Device", "Invitation", "Ticket"}
    )


def assert_inert(html: str, where: str) -> None:
    """Nothing of ours became an element or an attribute."""
    soup = BeautifulSoup(html, "html.parser")
    assert soup.select("[onerror], img[src=x]") == [], where
    assert [script for script in soup.select("script") if script.get_text().strip() == "x()"] == [], where
    assert "14&lt;" not in html, where


@pytest.fixture
def site():
    """One event with everything, all of whose words are hostile; the addresses of its pages."""
    family = make_family("ephyto")
    event = make_event("ONE", family=family)
    make_country("KE", "Kenya", workshop_region="africa")
    rows = rows_of(event, make_user("host@example.org"))
    homes = make_homes(["en", "ar"])
    parents = make_family_pages(family, homes)
    pages = make_event_pages(event, parents)
    words = {"title": HOSTILE, "search_description": HOSTILE}
    for language, page in pages.items():
        for made in (homes[language], parents[language], page):
            type(made).objects.filter(pk=made.pk).update(title=HOSTILE, search_description=HOSTILE)
        make_page(StandardPage, page, "visa", **words)
        make_page(SpeakersPage, page, "speakers", **words)
        make_page(DocumentsPage, page, "documents", **words)
        make_page(ProposalsPage, parents[language], "calendar", **words)
        make_page(ContactPage, homes[language], "contact", thanks=HOSTILE, **words)
        news = make_page(NewsIndexPage, homes[language], "news", **words)
        make_page(NewsPage, news, "one", date="2026-01-01", summary=HOSTILE[:300], event=event, **words)
        make_document(event, title=HOSTILE, agenda_number=SHORT, language=language)
    make_image(HOSTILE[:20])
    for made in (make_accepted(family), make_proposal(family)):
        poison(made)
    texts = SiteTexts.load()
    texts.contact = texts.designations = {"en": HOSTILE}
    texts.save()
    for row in [family, *rows.values(), *event.sessions.all()]:
        poison(row)
    return rows


PATHS = (
    "", "ephyto/", "ephyto/one/", "ephyto/one/visa/", "ephyto/one/speakers/", "ephyto/one/documents/",
    "ephyto/calendar/", "news/", "news/one/", "contact/", "contact/?sent=1", "search/?q=onerror",
    "events/ONE/programme/", "events/ONE/register/", "proposals/ephyto/propose/", "no-such-page/",
)  # fmt: skip


def test_what_would_run_is_noticed():
    for html in (
        '<p><img src=x onerror="x()"></p>',
        "<script> x() </script>",
        "<b onerror=x()>",
        "14&lt;i&gt;",
    ):
        with pytest.raises(AssertionError):
            assert_inert(html, "here")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_public_page(client, site, language):
    for path in PATHS:
        response = client.get(f"/{language}/{path}")
        assert response.status_code == (404 if "no-such" in path else 200), path
        assert_inert(response.text, path)
        if not path.startswith(("events/ONE/register", "proposals", "no-such")):
            assert "&lt;img src=x onerror=x()&gt;" in response.text, path


def test_the_personal_page(client, site):
    registration = site[Registration]
    with override("en"):
        address = link.personal_address(registration.public_id, registration.link_version)
    response = client.get(address)
    assert response.status_code == 200
    assert_inert(response.text, address)


def test_feeds_are_well_formed(client, site):
    for path in ("/sitemap.xml", "/en/feeds/news/", "/ar/feeds/news/"):
        response = client.get(path)
        assert response.status_code == 200
        elements = ET.fromstring(response.content).iter()  # noqa: S314 - our own feed
        assert not {element.tag.rpartition("}")[2] for element in elements} & {"img", "script", "i", "b"}


def test_a_calendar_has_no_line_of_a_stranger(client, site):
    response = client.get("/calendar/ONE.ics")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")


@pytest.fixture
def root(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("root@example.org", "secret"))
    return client


def test_every_staff_screen_of_the_domain(root, site):
    opened = 0
    for viewset in viewsets(EventsGroup()):
        row = site.get(viewset.model) or viewset.model._default_manager.first()
        for pattern in viewset.get_urlpatterns():
            known = {"pk": row.pk if row else None, "language": "en"}
            parts = {part: known.get(part) for part in pattern.pattern.converters}
            if None in parts.values():
                continue
            address = reverse(viewset.get_url_name(pattern.name), kwargs=parts)
            response = root.get(address)
            if response.get("Content-Type", "").startswith("text/html") and response.status_code == 200:
                assert_inert(response.text, address)
                opened += 1
    assert opened > 80


SCREENS = (
    "", "pages/", "pages/search/?q=img", "reports/locked/", "reports/site-history/", "reports/aging-pages/",
    "reports/page-types-usage/", "reports/workflow/", "images/", "documents/", "redirects/", "forms/",
    "choose-page/", "choose-page/search/?q=img", "documents/chooser/", "images/chooser/",
)  # fmt: skip


def test_every_staff_screen_of_the_pages(root, site):
    for path in SCREENS:
        response = root.get(f"/admin/{path}")
        assert response.status_code == 200, path
        html = response.json()["html"] if response["Content-Type"] == "application/json" else response.text
        assert_inert(html, path)


def test_every_screen_of_a_page(root, site):
    page = StandardPage.objects.get(slug="visa", locale__language_code="en")
    for shown in (page, page.get_parent()):
        for act in ("", "edit/", "history/", "copy/", "move/", "delete/", "unpublish/", "usage/"):
            path = f"/admin/pages/{shown.pk}/{act}"
            response = root.get(path, follow=True)
            assert response.status_code == 200, path
            assert_inert(response.text, path)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_mail_to_a_delegate(site, monkeypatch, language):
    ticket = registration_mails.Attachment("ticket.pdf", b"%PDF", "application/pdf")
    monkeypatch.setattr(registration_mails, "_ticket", lambda registration: ticket)
    about = {"registration": site[Registration].pk}
    for kind in ("confirmation", "pending", "refused", "withdrawn", "cancelled"):
        message = Message(kind=kind, to="d@example.org", language=language, about=about)
        with override(language):
            mail = RENDERERS[kind](message)
        assert_inert(mail.html, kind)
        assert "&lt;img src=x" in mail.html
        assert "\n" not in mail.subject
