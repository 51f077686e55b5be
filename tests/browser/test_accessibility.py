"""The public pages in a real browser: axe, the size of targets, reflow, weight."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.live import Database, Site, running

PAGES = {
    "home": "/",
    "family": "/regional-workshops/",
    "event": "/ephyto/demo-ephyto/",
    "standard page": "/ephyto/demo-ephyto/practical-information/",
    "speakers": "/ephyto/demo-ephyto/speakers/",
    "documents": "/ephyto/demo-ephyto/documents/",
    "register": "/events/DEMO-EPHYTO/register/",
    "news": "/news/",
    "news article": "/news/cpm-14-record/",
    "contact": "/contact/",
    "search": "/search/?q=ePhyto",
    "programme": "/events/EPHYTO-2018/programme/",
    "calendar of proposed events": "/iyph/calendar/",
    "propose an event": "/proposals/iyph/propose/",
    "not found": "/events/UNKNOWN/",
}
LANGUAGES = ("en", "fr", "es", "ar", "zh-hans", "ru")
EVERY_WAY = [
    *((language, width, "light") for language in LANGUAGES for width in (375, 1280)),
    ("en", 375, "dark"),
    ("ar", 1280, "dark"),
]
# Each language once, each width and each scheme in both directions of writing or several scripts.
SOME_WAYS = [
    ("en", 375, "light"),
    ("fr", 1280, "light"),
    ("es", 375, "dark"),
    ("ar", 375, "light"),
    ("zh-hans", 1280, "dark"),
    ("ru", 1280, "light"),
]
WAYS_TO_LOOK = EVERY_WAY if os.environ.get("DRILL") == "full" else SOME_WAYS
OPTIONS = {"resultTypes": ["violations", "incomplete"]}

# Links, buttons and boxes smaller than 24 px either way, but for links within a sentence (WCAG 2.5.8).
SMALL_TARGETS = """() => [
    ...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")
  ]
  .filter(target => target.checkVisibility())
  .filter(target => !target.matches(".skip-link, main p a, main li li a, .rich-text a"))
  .map(target => [target.textContent.trim(), target.getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24)
  .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)"""
OVERFLOWS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def address(demo_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demonstration, served by a process of its own."""
    folder: Path = tmp_path_factory.mktemp("accessibility")
    database = demo_database.copy(folder)
    with running(Site(database, folder), "web") as site:
        yield site.address
    database.drop()


def found(page: Page, kind: str) -> list[str]:
    """What axe reports, one line an element."""
    results: dict[str, Any] = Axe().run(page, options=OPTIONS).response
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]}"
        for rule in results[kind]
        for node in rule["nodes"]
    ]


@pytest.mark.browser
@pytest.mark.drill
@pytest.mark.parametrize(("language", "width", "scheme"), WAYS_TO_LOOK)
def test_axe_finds_nothing_and_targets_are_large(
    address: str, page: Page, language: str, width: int, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    for name, path in PAGES.items():
        page.goto(f"{address}/{language}{path}")
        assert found(page, "violations") == [], name
        assert found(page, "incomplete") == [], name
        assert page.evaluate(SMALL_TARGETS) == [], name


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_a_screen_of_320_px(address: str, page: Page, language: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for name, path in PAGES.items():
        page.goto(f"{address}/{language}{path}")
        assert not page.evaluate(OVERFLOWS), name


@pytest.mark.browser
def test_the_first_tab_leads_past_the_navigation(address: str, page: Page) -> None:
    page.goto(f"{address}/en/")
    page.keyboard.press("Tab")
    link = page.locator(".skip-link")
    assert link.evaluate("link => link === document.activeElement && link.getBoundingClientRect().left >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main"


@pytest.mark.browser
def test_a_page_asks_for_little(address: str, page: Page) -> None:
    """The first view in at most 10 requests of this site's own, 40 kB as transferred."""
    sizes: dict[str, int] = {}
    page.on(
        "requestfinished",
        lambda request: sizes.update(
            {request.url: sum(request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize"))}
        ),
    )
    page.goto(f"{address}/en/ephyto/demo-ephyto/")
    page.wait_for_load_state("networkidle")
    assert all(url.startswith((address, "data:")) for url in sizes)
    assert len(sizes) <= 10
    assert sum(sizes.values()) <= 40_000
