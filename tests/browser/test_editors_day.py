"""An editor's day in a real browser: from a row without pages to three languages, then new dates."""

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

from site_cms import page_cache
from tests.live import Site
from tests.mailbox import Mailbox
from tests.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]

CODE = "NADI-2031"
AUTHOR, COLLEAGUE, DELEGATE = "author@example.org", "colleague@example.org", "amina@example.org"
PASSWORD = "correct horse battery staple"
FIRST_DAY = "SELECT start_date FROM events_event WHERE code = ?"

EVENT_AND_TEAM = f"""
from django.contrib.auth import get_user_model
from events.access.models import Membership
from events.access.roles import Role
from events.catalogue.models import Family
from tests.factories import make_category, make_event
event = make_event("{CODE}", family=Family.objects.get(slug="ephyto"), title={{"en": "Symposium in Nadi"}})
make_category(event, "D", needs_approval=False)
for email in ("{AUTHOR}", "{COLLEAGUE}"):
    user = get_user_model().objects.create_user(email, "{PASSWORD}")
    Membership.objects.create(event=event, user=user, role=Role.EDITOR)
"""
"""What an administrator did before: the event is announced, without a page, and has two editors."""

ENGLISH = (
    "Symposium in Nadi",
    "Come to Nadi",
    "Inspectors of every region meet at the lagoon.",
    "About the Convention",
)
TRANSLATIONS = {
    "fr": ("Symposium de Nadi", "Venez à Nadi", "Les inspecteurs se retrouvent au lagon.", "La Convention"),
    "ar": ("ندوة نادي", "تعالوا إلى نادي", "يلتقي المفتشون عند البحيرة.", "عن الاتفاقية"),
}
SEARCHED = {"en": "lagoon", "fr": "lagon", "ar": "البحيرة"}


@dataclass(slots=True)
class Desk:
    """One person's browser at the staff screens, which keeps what went wrong in it."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Keep errors of scripts, whatever the content security policy blocked, and requests elsewhere."""
        # Playwright hangs attributes on its handlers, which methods of a class with slots refuse.
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda message: self._keep(message))  # noqa: PLW0108
        self.page.on("request", lambda request: self._stays_here(request))  # noqa: PLW0108

    def _keep(self, message: ConsoleMessage) -> None:
        # Wagtail saves by itself while one types: a half-written block is answered 400, and shown as such.
        unfinished = "status of 400" in message.text and message.location["url"].endswith("/edit/")
        if message.type == "error" and not unfinished:
            self.faults.append(f"{message.text} {message.location['url']}")

    def _stays_here(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"request to {request.url}")

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.address}{path}")
        return self.page

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()


@contextmanager
def at_the_desk(browser: Browser, site: Site, email: str) -> Iterator[Desk]:
    """Somebody of the staff, signed in. At the end nothing may have gone wrong in their browser."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en")
    context.set_default_timeout(20_000)
    desk = Desk(context.new_page(), site.address)
    desk.listen()
    desk.open("/admin/").locator("[name=login]").fill(email)
    desk.page.locator("[name=password]").fill(PASSWORD)
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url(f"{site.address}/admin/")
    yield desk
    context.close()
    assert desk.faults == []


def add_block(page: Page, name: str) -> None:
    """Choose a block from the menu below the last one."""
    page.locator("#body-root > [data-streamfield-stream-container] > div > .c-sf-add-button").last.click()
    page.get_by_role("option", name=name).first.click()


def write(desk: Desk) -> str:
    """Make the event's page from the dashboard, in three kinds of blocks; its address for staff."""
    desk.press("Make its page")
    page = desk.page
    page.wait_for_url("**/edit/")
    _title, heading, text, label = ENGLISH
    add_block(page, "Heading")
    page.locator("[name=body-0-value]").fill(heading)
    add_block(page, "Text")
    page.locator("#body-root .public-DraftEditor-content").click()
    page.keyboard.type(text)
    add_block(page, "Call to action")
    page.locator("[name=body-2-value-label]").fill(label)
    page.locator("[name=body-2-value-address]").fill("https://www.ippc.int/")
    desk.press("Save draft")
    expect(page.locator(".messages")).to_contain_text("has been updated")
    return page.url.removeprefix(desk.address)


def preview(desk: Desk, address: str) -> None:
    """See the draft on a phone beside the text, then its Arabic translation from right to left."""
    desk.open(address)
    desk.press("Toggle preview")
    shown = desk.page.frame_locator("iframe[title=Preview]:not([hidden])").last
    expect(shown.locator("h2", has_text=ENGLISH[1])).to_be_visible()
    expect(shown.get_by_role("link", name=ENGLISH[3])).to_be_attached()
    desk.page.get_by_label("Preview mode").select_option("ar")
    expect(shown.locator("html[dir=rtl] h1", has_text=TRANSLATIONS["ar"][0])).to_be_visible()


def submit(desk: Desk, site: Site) -> None:
    """Send the English page, as it stands in the form, and both translations to a colleague."""
    page = desk.page
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Submit to Review by a colleague").click()
    expect(page.locator(".messages")).to_contain_text("submitted for moderation")
    for language in TRANSLATIONS:
        desk.open(f"/admin/pages/{draft(site, language)}/edit/")
        desk.press("Submit for review")
        expect(page.locator(".messages")).to_contain_text("waits for a colleague’s review")
        expect(page.locator(".messages")).not_to_contain_text("no translation yet")


def approve(desk: Desk, count: int) -> None:
    """Approve every page that the dashboard shows as waiting."""
    for left in range(count, 0, -1):
        page = desk.open("/admin/")
        waiting = page.locator("section", has=page.get_by_role("heading", name="Waiting for review"))
        expect(waiting.get_by_role("link")).to_have_count(left)
        waiting.get_by_role("link").first.click()
        page.wait_for_url("**/edit/")
        beside_english = page.locator(".to-review").get_by_role("button", name="Approve and publish")
        with page.expect_navigation():
            if beside_english.count():
                beside_english.click()
            else:
                page.get_by_role("button", name="More actions").last.click()
                desk.press("Approve and Publish")


def translate(desk: Desk, site: Site, address: str) -> None:
    """Make drafts in French and Arabic of a page that nobody has seen, and translate each of their texts."""
    page = desk.open(address.replace("/pages/", "/localize/submit/page/").removesuffix("edit/"))
    page.get_by_label("Français").check()
    page.get_by_label("العربية").check()
    desk.press("Submit")
    page.wait_for_url(lambda url: "/localize/" not in url)
    for language, texts in TRANSLATIONS.items():
        desk.open(f"/admin/pages/{draft(site, language)}/edit/")
        for english, text in zip(ENGLISH, texts, strict=True):
            segment = page.locator("li.incomplete", has=page.get_by_text(english, exact=True))
            segment.get_by_role("button", name="Translate").click()
            segment.locator("textarea").fill(text)
            segment.get_by_role("button", name="Save").click()
            expect(page.locator("li.complete", has_text=text)).to_be_visible()


def draft(site: Site, language: str) -> int:
    """The primary key of the event's page in a language."""
    return site.database.value(
        "SELECT page.id FROM wagtailcore_page page"
        " JOIN wagtailcore_locale locale ON locale.id = page.locale_id"
        " JOIN site_cms_eventpage face ON face.page_ptr_id = page.id"
        " JOIN events_event event ON event.id = face.event_id"
        " WHERE event.code = ? AND locale.language_code = ?",
        (CODE, language),
    )


def test_from_a_row_without_pages_to_new_dates(browser: Browser, live_site: Site, mailbox: Mailbox) -> None:
    live_site.manage("shell", "--verbosity", "0", "-c", EVENT_AND_TEAM)
    reader = Visitor(live_site.address)
    reader.get(f"/en/ephyto/{CODE.lower()}/", status=404)

    with at_the_desk(browser, live_site, AUTHOR) as author:
        address = write(author)
        translate(author, live_site, address)
        preview(author, address)
        submit(author, live_site)
        for language in ("en", *TRANSLATIONS):
            reader.get(f"/{language}/ephyto/{CODE.lower()}/", status=404)
        assert "A page waits for your review" in in_words(mailbox.wait_for(COLLEAGUE))
        with at_the_desk(browser, live_site, COLLEAGUE) as colleague:
            approve(colleague, 3)
        assert "Your page was approved" in in_words(mailbox.wait_for(AUTHOR))
        readers_see(browser, live_site, {"en": ENGLISH, **TRANSLATIONS})

        registers(live_site, mailbox)
        former = dt.date.fromisoformat(str(live_site.database.value(FIRST_DAY, (CODE,))))
        postpone(author, former + dt.timedelta(days=70))

    followed(live_site, mailbox, former, former + dt.timedelta(days=70))


def in_words(mail: EmailMessage) -> str:
    """What the mail says to who reads plain text."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def readers_see(browser: Browser, site: Site, texts: dict[str, tuple[str, ...]]) -> None:
    """The page in each language and the way to it through search, in a browser without faults."""
    context = browser.new_context(viewport={"width": 375, "height": 800})
    desk = Desk(context.new_page(), site.address)
    desk.listen()
    for language, (title, heading, text, label) in texts.items():
        page = desk.open(f"/{language}/search/")
        page.locator("main [name=q]").fill(SEARCHED[language])
        page.keyboard.press("Enter")
        page.locator("main .results a", has_text=title).click()
        assert page.url == f"{site.address}/{language}/ephyto/{CODE.lower()}/"
        expect(page.locator("h1")).to_have_text(title)
        expect(page.locator("main h2", has_text=heading)).to_be_visible()
        expect(page.locator("main")).to_contain_text(text)
        expect(page.get_by_role("link", name=label, exact=True)).to_be_visible()
        expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    context.close()
    assert desk.faults == []


def registers(site: Site, mailbox: Mailbox) -> None:
    """A delegate registers in French, without JavaScript, and has the ticket."""
    delegate = Visitor(site.address).get(f"/fr/events/{CODE}/register/")
    answers = {"category": "D", "name": "Amina El-Fassi", "email": DELEGATE, "representing": "country"}
    answers |= {"country": "MA", "function": "Inspectrice", "gender": "woman", "languages": ["fr"]}
    delegate.submit("/check/", **answers, language="fr", consent="on").submit("/done/")
    mailbox.wait_for(DELEGATE)


def postpone(desk: Desk, first_day: dt.date) -> None:
    """By the one action: look at what it will do and to how many people, then do it."""
    page = desk.open("/admin/event/")
    page.get_by_role("link", name=ENGLISH[0]).first.click()
    desk.press("Actions")
    page.get_by_role("link", name="Inspect", exact=True).click()
    page.get_by_role("link", name="Postpone", exact=True).click()
    page.locator("[name=start]").fill(first_day.isoformat())
    page.locator("[name=end]").fill((first_day + dt.timedelta(days=2)).isoformat())
    page.keyboard.press("Escape")
    desk.press("Show what will happen")
    expect(page.locator("main")).to_contain_text("1 person with a place gets this mail")
    expect(page.locator(".staff-mail summary")).to_contain_text("Français – 1")
    page.locator("button[name=step][value=do]").click()
    expect(page.locator("main")).to_contain_text("0 of 1 still come")


def followed(site: Site, mailbox: Mailbox, former: dt.date, first_day: dt.date) -> None:
    """Pages in every language, the feed and the delegate's mail say the new day."""
    time.sleep(page_cache.SECONDS)  # A public page may be this old.
    reader = Visitor(site.address)
    for language in ("en", *TRANSLATIONS):
        facts = reader.get(f"/{language}/ephyto/{CODE.lower()}/").page.select_one("main")
        assert facts is not None
        assert f'"startDate": "{first_day.isoformat()}' in str(facts.find_parent("html")), language
        assert str(first_day.year) in facts.get_text()
    feed = reader.get(f"/calendar/{CODE.lower()}.ics").response
    assert feed is not None
    assert f"DTSTART;VALUE=DATE:{first_day:%Y%m%d}" in feed.text
    assert f"{former:%Y%m%d}" not in feed.text
    assert "SEQUENCE:1" in feed.text
    queued = 'SELECT kind, language FROM events_message WHERE "to" = ? ORDER BY created_at'
    assert site.database.rows(queued, (DELEGATE,))[-1] == ("event-postponed", "fr")
