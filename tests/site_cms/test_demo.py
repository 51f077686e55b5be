"""`manage.py demo`, its pages and its accounts."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, ReferenceIndex, Site

from events.access.models import Membership
from events.access.roles import Role
from events.catalogue.models import Country, Event, Family
from events.catalogue.texts import LANGUAGES
from site_cms.models import EventPage, FamilyPage, HomePage
from site_cms.pages.services import publish_catalogue_pages
from tests.factories import make_event, make_family

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(capsys):
    call_command("demo")
    return capsys.readouterr().out


def test_it_is_refused_where_people_really_register(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="The demonstration is not loaded here"):
        call_command("demo", participants=3)
    assert not Event.objects.exists()
    assert not Country.objects.exists()
    assert not get_user_model().objects.exists()


def test_a_negative_number_is_refused():
    with pytest.raises(CommandError, match="must be 0 or more"):
        call_command("demo", participants=-1)


def test_it_tells_what_was_added_and_how_to_sign_in(demo, settings):
    pages = Page.objects.filter(depth__gt=1).count()
    assert demo.splitlines() == [
        f"Added 24 real and 6 demonstration events, {pages} pages, 0 participants.",
        f"Address: {settings.SITE_URL}/en/",
        f"Staff: {settings.SITE_URL}/admin/ as admin@example.org, password demonstration-only",
        "Team of the demonstration symposium, same password: "
        + ", ".join(f"{role}@example.org" for role in ("editor", "registrar", "finance", "door", "viewer")),
    ]


def test_a_second_run_adds_only_the_participants_asked_for(demo, capsys):
    call_command("demo", participants=7)
    assert capsys.readouterr().out.startswith(
        "Added 0 real and 0 demonstration events, 0 pages, 7 participants."
    )


def test_accounts_have_the_printed_password_and_one_role_each(demo, client):
    users = get_user_model().objects
    admin = users.get(email="admin@example.org")
    assert admin.is_superuser
    assert admin.check_password("demonstration-only")
    team = {(member.user.email, member.role) for member in Membership.objects.select_related("user")}
    assert team == {(f"{role}@example.org", role) for role in Role}
    assert set(Membership.objects.values_list("event__code", flat=True)) == {"DEMO-EPHYTO"}
    assert not users.filter(email="door@example.org", is_superuser=True).exists()


def test_a_changed_password_is_left_alone(demo):
    admin = get_user_model().objects.get(email="admin@example.org")
    admin.set_password("another one, longer")
    admin.save()
    call_command("demo")
    admin.refresh_from_db()
    assert admin.check_password("another one, longer")


def test_every_family_and_event_has_a_live_page_in_six_languages(demo):
    for model, rows in ((FamilyPage, Family.objects.count()), (EventPage, Event.objects.count())):
        assert model.objects.live().count() == rows * len(LANGUAGES)
        keys = model.objects.values_list("translation_key", flat=True)
        assert len(set(keys)) == rows
    assert set(HomePage.objects.values_list("locale__language_code", flat=True)) == set(LANGUAGES)
    page = EventPage.objects.get(event__code="EPHYTO-2018", locale__language_code="ar")
    assert page.title == page.event.title["ar"]
    assert page.slug == "ephyto-2018"
    assert page.get_parent().specific.family.slug == "ephyto"
    assert "كوالالمبور" in page.body[0].value.source
    assert Page.find_problems() == ([], [], [], [], [])


def test_pages_are_served_in_their_language(demo, client):
    for language in LANGUAGES:
        response = client.get(f"/{language}/ephyto/ephyto-2018/")
        assert response.status_code == 200
        assert Event.objects.get(code="EPHYTO-2018").title[language] in response.text


def test_the_site_begins_at_the_english_home_and_the_welcome_page_is_gone(demo):
    site = Site.objects.get()
    assert (site.hostname, site.port, site.is_default_site) == ("localhost", 80, True)
    assert site.root_page.specific == HomePage.objects.get(locale__language_code="en")
    assert set(Page.objects.filter(depth=2).values_list("slug", flat=True)) == set(LANGUAGES)


def test_pages_can_be_searched_at_once_and_leave_no_flood_of_tasks(demo):
    assert EventPage.objects.search("Incheon").count() == 0
    assert {page.event.code for page in EventPage.objects.search("Steering")} == {
        "ESG-2018-PRE",
        "ESG-2018-POST",
        "IYPH-SC-2017",
        "IYPH-ISC-1",
        "DEMO-COMMITTEE",
    }
    assert ReferenceIndex.objects.filter(to_object_id=str(Event.objects.get(code="CPM-14").pk)).count() >= 6
    assert DBTaskResult.objects.count() == 0


def test_pages_of_editors_are_left_alone(demo):
    page = EventPage.objects.get(event__code="CPM-14", locale__language_code="fr")
    page.title, page.slug = "Changé", "autre-adresse"
    page.save()
    page.unpublish()
    assert publish_catalogue_pages() == []
    page.refresh_from_db()
    assert (page.title, page.slug, page.live) == ("Changé", "autre-adresse", False)


def test_a_site_that_staff_set_up_keeps_its_root(demo):
    french = HomePage.objects.get(locale__language_code="fr")
    Site.objects.update(root_page=french, hostname="events.example.org")
    publish_catalogue_pages()
    site = Site.objects.get()
    assert (site.root_page_id, site.hostname) == (french.pk, "events.example.org")


def test_a_draft_gets_no_page_and_a_new_language_page_joins_its_translations():
    event = make_event("CPM-99", family=make_family("cpm"))
    make_event("CPM-100", family=event.family, state=Event.State.DRAFT)
    publish_catalogue_pages()
    assert set(EventPage.objects.values_list("event__code", flat=True)) == {"CPM-99"}
    pages = EventPage.objects.filter(event=event)
    key = pages[0].translation_key
    pages.get(locale__language_code="ru").delete()
    assert [page.locale.language_code for page in publish_catalogue_pages()] == ["ru"]
    assert set(pages.values_list("translation_key", flat=True)) == {key}
