"""The public calendar of proposed events and the form, as a browser without JavaScript sees them."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.utils import timezone

from events.outbox.models import Message
from events.proposals.models import Proposal
from events.proposals.services import A_CALENDAR, A_CLIENT
from site_cms.models import User
from site_cms.pages.base import reserved_slugs
from site_cms.pages.more import ProposalsPage
from tests.events.proposals.rows import make_accepted, make_many, make_proposal
from tests.factories import make_country, make_family
from tests.site_cms.factories import make_family_pages, make_homes
from tests.visitor import preset

pytestmark = pytest.mark.django_db
FORM = "/en/proposals/iyph/propose/"
CALENDAR = "/en/iyph/calendar/"
CALENDAR_QUERIES = 16
HOSTILE = '"><script>alert("CANARY")</script><img src=x onerror=alert(1)>'


@pytest.fixture
def family():
    return make_family("iyph", name={"en": "Year of Plant Health"})


@pytest.fixture(autouse=True)
def calendars(family):
    """The calendar below the family's page, in English and in Arabic."""
    cache.clear()
    make_country("KE", "Kenya", workshop_region="africa")
    pages = {}
    for language, parent in make_family_pages(family, make_homes(["en", "ar", "fr"])).items():
        if language != "fr":
            page = ProposalsPage(title="Calendar of events", slug="calendar", locale=parent.locale)
            if pages:
                page.translation_key = pages["en"].translation_key
            pages[language] = parent.add_child(instance=page)
    return pages


def typed(**changes):
    today = timezone.now().date()
    return {
        "title": "Plant Health Day",
        "description": "One\r\n\r\nTwo",
        "language": "en",
        "start_date": str(today + dt.timedelta(days=30)),
        "end_date": str(today + dt.timedelta(days=31)),
        "place": "Nairobi",
        "country": "KE",
        "level": "regional",
        "link": "www.example.org/day",
        "proposer_name": "Amina Otieno",
        "proposer_email": "amina@example.org",
        "consent": "on",
    } | changes


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def send(client, *, address="192.0.2.7", key=None, **changes):
    """Open the form and send it."""
    fields = preset(page_of(client.get(FORM)).select_one("main form"))
    fields |= typed(**changes)
    if key:
        fields["key"] = key
    return client.post(FORM, fields, REMOTE_ADDR=address)


def errors(response):
    """What the summary says, by the field it leads to."""
    summary = page_of(response).select_one(".error-summary")
    return {(item.a["href"] if item.a else ""): item.get_text(strip=True) for item in summary.select("li")}


def test_the_calendar_leads_to_the_form_and_the_form_back(client):
    button = page_of(client.get(CALENDAR)).select_one(".panel .button")
    assert button["href"] == FORM
    form = client.get(FORM)
    back = page_of(form).select_one(".back-link a")["href"]
    assert client.get(back).headers["Location"] == CALENDAR
    assert form.headers["Cache-Control"] == "private, no-cache"


def test_an_event_is_proposed_accepted_and_shown(client):
    answer = send(client)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{FORM}done/")
    done = client.get(f"{FORM}done/")
    assert "We have received your event" in done.content.decode()
    assert "no-store" in done.headers["Cache-Control"]
    proposal = Proposal.objects.get()
    assert (proposal.title, proposal.description, proposal.link, proposal.country.iso2, proposal.level) == (
        "Plant Health Day",
        "One\n\nTwo",
        "https://www.example.org/day",
        "KE",
        "regional",
    )
    assert "Plant Health Day" not in client.get(CALENDAR).content.decode()
    Proposal.objects.update(state="accepted", sequence=1)
    card = page_of(client.get(CALENDAR)).select_one(f"#event-{proposal.pk}")
    assert card.h3.bdi["lang"] == "en"
    assert card.a["rel"] == ["nofollow", "ugc", "noopener"]
    assert "Kenya" in card.get_text()


def test_what_came_of_it_is_shown_to_nobody_else(client):
    answer = client.get(f"{FORM}done/")
    assert (answer.status_code, answer.headers["Location"]) == (302, FORM)
    client.cookies["proposed"] = "forged"
    assert client.get(f"{FORM}done/").status_code == 302


def test_the_same_form_sent_twice_is_one_event(client):
    first = send(client, key="a" * 32)
    second = send(client, key="a" * 32)
    assert first.status_code == second.status_code == 303
    assert (Proposal.objects.count(), Message.objects.count()) == (1, 1)
    other = send(client, key="a" * 32, title="Another")
    assert other.status_code == 422
    assert "differ from those you sent before" in errors(other)[""]
    assert send(client, title="Another").status_code == 303


@pytest.mark.parametrize(
    "changes, field, words",
    [
        ({"title": ""}, "title", "Enter the title of the event."),
        ({"title": "\u200b\u202e"}, "title", "Enter at least one letter or digit."),
        ({"title": "a" * 161}, "title", "Use 160 characters or fewer. There are 161 now."),
        ({"description": "a" * 2001}, "description", "Use 2000 characters or fewer. There are 2001 now."),
        ({"description": "a" * 90_000}, "description", "Use 2000 characters or fewer. There are 90000 now."),
        ({"language": "xx"}, "language", None),
        ({"start_date": ""}, "start_date", "Enter the first day."),
        ({"start_date": "2027-02-30"}, "start_date", "Enter a day that exists, like 2027-05-12."),
        ({"start_date": "soon"}, "start_date", "Enter a day that exists, like 2027-05-12."),
        (
            {"start_date": "0001-01-01"},
            "start_date",
            "The first day is more than a year ago. Check the year.",
        ),
        (
            {"start_date": "9999-01-01"},
            "start_date",
            "The first day is more than three years ahead. Check the year.",
        ),
        ({"end_date": str(dt.date(2020, 1, 1))}, "end_date", "The last day is before the first day."),
        ({"country": "XX"}, "country", "Choose one from the list."),
        ({"country": "KE' OR 1=1"}, "country", "Choose one from the list."),
        ({"level": ""}, "level_0", "Choose the level of the event."),
        ({"link": "javascript:alert(1)"}, "link", "The web address must begin with https:// or http://."),
        (
            {"link": "https://a:b@example.org"},
            "link",
            "The web address must not hold a user name or password.",
        ),
        ({"proposer_name": " "}, "proposer_name", "Enter your name."),
        (
            {"proposer_email": "a@b"},
            "proposer_email",
            "Enter an e-mail address in the correct format, like name@example.org.",
        ),
        (
            {"proposer_email": "a@example.org\nBcc: b@example.org"},
            "proposer_email",
            "Use only plain Latin letters, digits and signs in the e-mail address, without spaces.",
        ),
        ({"consent": ""}, "consent", "We can take your proposal only if you agree. Tick the box to go on."),
    ],
)
def test_bad_input_gets_words_and_everything_typed_is_kept(client, changes, field, words):
    answer = send(client, **changes)
    assert answer.status_code == 422
    found = errors(answer)
    assert list(found) == [f"#id_{field}"]
    assert words is None or found[f"#id_{field}"] == words
    page = page_of(answer)
    assert page.title.string.startswith("Error:")
    kept = preset(page.select_one("main form"))
    for name, text in typed(**changes).items():
        if name not in {"language", "country", *changes}:
            assert kept[name] in (text, [text]), name
    assert (Proposal.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "field", ["title", "description", "place", "link", "proposer_name", "proposer_email"]
)
def test_markup_typed_into_the_form_comes_back_as_text(client, field):
    page = page_of(send(client, **{field: HOSTILE, "consent": ""}))
    assert page.select("main script, main img, main [onerror]") == []


def test_a_form_without_its_key_is_asked_for_again(client):
    answer = client.post(FORM, typed())
    assert answer.status_code == 422
    assert "incomplete or too old" in errors(answer)[""]


def test_who_fills_in_the_field_that_nobody_sees_is_told_and_can_send_again(client):
    answer = send(client, fax="+1 555")
    assert answer.status_code == 422
    assert "A field that should stay empty was filled in" in errors(answer)[""]
    assert preset(page_of(answer).select_one("main form"))["fax"] == [""]
    assert not Proposal.objects.exists()


def test_a_foreign_site_sends_nothing(client):
    client.handler.enforce_csrf_checks = True
    assert client.post(FORM, typed(key="a" * 32)).status_code == 403
    assert not Proposal.objects.exists()


def test_after_ten_an_hour_a_client_is_asked_to_come_later_and_others_are_not(client):
    for number in range(A_CLIENT.most):
        assert send(client, title=f"Day {number}").status_code == 303
    answer = send(client, title="One too many")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    assert "Please send it again in" in errors(answer)[""]
    assert preset(page_of(answer).select_one("main form"))["title"] == ["One too many"]
    assert Proposal.objects.count() == A_CLIENT.most
    assert Message.objects.count() == 1
    assert send(client, address="192.0.2.8").status_code == 303
    assert A_CALENDAR.most == 60


def test_a_mistake_costs_nothing_of_the_limit(client):
    for _ in range(A_CLIENT.most + 1):
        assert send(client, title="").status_code == 422
    assert send(client).status_code == 303


@pytest.mark.parametrize("path", ["", "propose/", "propose/done/"])
@pytest.mark.parametrize("slug", ["unknown", "iyph"])
def test_without_a_live_calendar_there_is_none_of_it(client, calendars, slug, path):
    ProposalsPage.objects.update(live=False)
    assert client.get(f"/en/proposals/{slug}/{path}").status_code == 404


def test_a_language_without_a_calendar_has_the_form_and_leads_to_the_english_one(client):
    assert client.get("/fr/proposals/iyph/?month=2027-05").headers["Location"] == f"{CALENDAR}?month=2027-05"
    assert client.get("/fr/proposals/iyph/propose/").status_code == 200
    assert client.get("/ar/proposals/iyph/").headers["Location"] == "/ar/iyph/calendar/"


def test_no_page_can_take_the_address():
    assert "proposals" in reserved_slugs()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_hostile_words_are_inert_in_the_calendar(client, family, language):
    make_accepted(
        family,
        title=HOSTILE,
        description=f"{HOSTILE}\n{HOSTILE}",
        place=HOSTILE,
        link="https://example.org/%22%3E%3Cscript%3E",
        proposer_name="PERSON",
        proposer_email="person@example.org",
    )
    response = client.get(f"/{language}/iyph/calendar/")
    page = page_of(response)
    assert page.select("main script, main img, main [onerror], main [style]") == []
    assert page.select_one("main h3").get_text() == HOSTILE
    assert "person" not in response.content.decode().lower()


def test_texts_are_marked_with_their_language(client, family):
    make_accepted(family, title="Journée", language="fr", country=None)
    card = page_of(client.get("/ar/iyph/calendar/")).select_one(".event-card")
    assert card.h3.bdi.attrs == {"lang": "fr", "dir": "auto"}
    assert card.select_one("div[lang=fr][dir=auto]").get_text(strip=True) == "Come and see."


def test_regions_are_counted_and_lead_to_their_events(client, family):
    kenya = make_country("KE")
    for number in range(3):
        make_accepted(family, title=f"In Africa {number}", country=kenya)
    make_accepted(family, title="Online")
    page = page_of(client.get(CALENDAR))
    counts = {item.span.get_text(): item.b.get_text() for item in page.select(".region-map a")}
    assert (counts["Africa"], counts["Asia"], counts["Worldwide, online or elsewhere"]) == ("3", "0", "1")
    link = page.find("a", string=None, href="?region=africa#events")
    shown = page_of(client.get(CALENDAR + link["href"].partition("#")[0]))
    assert [title.get_text() for title in shown.select("h3")] == [
        f"In Africa {number}" for number in range(3)
    ]
    assert shown.select_one(".region-map [aria-current]").span.get_text() == "Africa"


@pytest.mark.parametrize(
    "query", ["?page=99", "?page=x", "?month=2027-99", "?country=%00", "?region=a&level=b&language=c&when=d"]
)
def test_no_query_is_a_fault(client, family, query):
    make_accepted(family)
    assert client.get(CALENDAR + query).status_code == 200


def test_pages_keep_what_was_chosen(client, family):
    make_many(family, count=200)
    page = page_of(client.get(f"{CALENDAR}?when=past"))
    assert page.select_one("a[rel=next]")["href"] == "?when=past&page=2"
    assert len(page.select(".event-card")) == 50


@pytest.mark.parametrize("count", [30, 120])
def test_a_page_asks_a_fixed_number_of_queries(client, family, count, django_assert_num_queries):
    make_many(family, count=count)
    client.get(f"{CALENDAR}?when=past&level=")
    with django_assert_num_queries(CALENDAR_QUERIES):
        client.get(f"{CALENDAR}?when=past&language=")


def test_the_calendar_says_the_disclaimer_and_asks_for_no_cookie(client, family):
    make_proposal(family)
    response = client.get(CALENDAR)
    assert "The designations employed" in response.content.decode()
    assert not response.cookies
    assert not User.objects.exists()
