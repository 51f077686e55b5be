"""Whether a page's text can be read by everybody: looks at the HTML that visitors get. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_FILE_NAME = re.compile(r"\.(avif|gif|jpe?g|png|svg|webp)\s*\Z|_|\A(img|dsc|image)[ -]?\d*\Z", re.IGNORECASE)
_WEB_ADDRESS = re.compile(r"\A(https?://|www\.)", re.IGNORECASE)
_SAYS_NOTHING = frozenset(
    {
        # The words that editors write instead of where the link leads, in the six languages.
        *("click here", "click", "here", "more", "read more", "learn more", "link", "this link", "this page"),
        *("cliquez ici", "ici", "plus", "lire la suite", "en savoir plus", "lien", "ce lien", "cette page"),
        *("haga clic aquí", "aquí", "más", "leer más", "más información", "enlace", "este enlace"),
        *("انقر هنا", "اضغط هنا", "هنا", "المزيد", "اقرأ المزيد", "رابط", "هذا الرابط"),
        *("点击这里", "点击此处", "这里", "此处", "更多", "阅读更多", "链接", "此链接"),
        *("нажмите здесь", "здесь", "тут", "подробнее", "читать далее", "ссылка", "по ссылке"),
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that keeps readers out. `refuses`: the page is not published until it is mended."""

    words: str
    refuses: bool


NO_ALT = gettext_lazy("An image has no description. Say in its description what it shows.")
FILE_NAME_AS_ALT = gettext_lazy(
    "The description “%(text)s” looks like the name of a file. Say what the image shows."
)
EMPTY_HEADING = gettext_lazy("A heading is empty. Write it or take it out.")
LEVEL_LEFT_OUT = gettext_lazy(
    "The heading “%(text)s” leaves out a level. Headings go down one level at a time."
)
EMPTY_LINK = gettext_lazy("A link has no text. Write where it leads.")
VAGUE_LINK = gettext_lazy("The link “%(text)s” does not say where it leads. Name the page or the document.")
NO_TEXT = gettext_lazy("This page has no text yet.")


def check(html: str) -> list[Finding]:
    """What is found in the HTML of a page's text, each thing once, in the order of reading.

    The page's title is its only heading of level 1, so the text begins with level 2 (WCAG 2.2: 1.1.1,
    1.3.1, 2.4.4, 2.4.6).
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return list(dict.fromkeys([*reader.found, *_headings(reader.headings), *_links(reader.links)]))


def is_empty(html: str) -> bool:
    """Whether there is nothing to see or read."""
    reader = _Reader()
    reader.feed(html)
    return not (reader.has_text or reader.shows_something)


@dataclass
class _Open:
    """An element whose text is being read."""

    kind: str
    level: int = 0
    text: list[str] = field(default_factory=list)

    def words(self) -> str:
        return " ".join("".join(self.text).split())


class _Reader(HTMLParser):
    """Collects headings, links and what is wrong with images."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Finding] = []
        self.headings: list[tuple[int, str]] = []
        self.links: list[str] = []
        self.has_text = self.shows_something = False
        self._open: list[_Open] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a heading or a link, judge an image."""
        given = dict(attrs)
        if tag in _HEADINGS:
            self._open.append(_Open(tag, _HEADINGS[tag]))
        elif tag == "a" and "href" in given:
            self._open.append(_Open(tag, text=[given.get("aria-label") or ""]))
        elif tag == "img":
            self.shows_something = True
            self._image(given.get("alt") if "alt" in given else None)
        elif tag in {"video", "iframe", "table", "form", "svg"}:
            self.shows_something = True

    def _image(self, alt: str | None) -> None:
        if alt is None:
            self.found.append(Finding(str(NO_ALT), refuses=True))
        elif _FILE_NAME.search(alt):
            self.found.append(Finding(FILE_NAME_AS_ALT % {"text": alt}, refuses=False))
        for element in self._open:
            # An image may be all that a link or a heading consists of.
            element.text.append(alt or "")

    def handle_data(self, data: str) -> None:
        """Text belongs to every open element."""
        self.has_text = self.has_text or bool(data.strip())
        for element in self._open:
            element.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost heading or link of this kind."""
        for position in range(len(self._open) - 1, -1, -1):
            if self._open[position].kind == tag:
                done = self._open.pop(position)
                if done.level:
                    self.headings.append((done.level, done.words()))
                else:
                    self.links.append(done.words())
                return


def _headings(headings: list[tuple[int, str]]) -> Iterator[Finding]:
    former = 1
    for level, text in headings:
        if not text:
            yield Finding(str(EMPTY_HEADING), refuses=True)
        elif level > former + 1:
            yield Finding(LEVEL_LEFT_OUT % {"text": text}, refuses=False)
        former = level


def _links(links: list[str]) -> Iterator[Finding]:
    for text in links:
        if not text:
            yield Finding(str(EMPTY_LINK), refuses=True)
        elif text.casefold().strip(" .…!:>»→") in _SAYS_NOTHING or _WEB_ADDRESS.match(text):
            yield Finding(VAGUE_LINK % {"text": text}, refuses=False)


def check_page(page: Any) -> list[Finding]:
    """What is found in a page that has a `body` of blocks; a page without one has nothing to find."""
    body = getattr(page, "body", None)
    if body is None:
        return []
    html = str(body)
    found = check(html)
    if is_empty(html):
        found.append(Finding(str(NO_TEXT), refuses=False))
    return found


def as_one(findings: list[Finding]) -> str:
    """The findings as one message."""
    return _("Please mend: %(what)s") % {"what": " ".join(each.words for each in findings)}
