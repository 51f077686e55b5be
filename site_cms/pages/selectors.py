"""What the pages show: events of the catalogue, each with its page's address in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from wagtail.models import Page

from events.catalogue.models import Event, Family
from events.catalogue.selectors import former_dates, public_events, to_come
from events.catalogue.texts import LANGUAGES
from events.programme.models import Session, Speaker
from events.registration.selectors import terms_of, window_of, with_places
from events.registration.windows import Window, window_by_date

from .models import EventPage, FamilyPage, HomePage

NEWS_OF_AN_EVENT = 5


@dataclass(frozen=True)
class ListedEvent:
    """An event in a list, with its page's address ("" when it has none) and the state of its registration."""

    event: Event
    url: str
    window: Window


@dataclass(frozen=True)
class Link:
    """A link to a page; `language` is that of its title, "" when it is the reader's."""

    title: str
    url: str
    is_current: bool = False
    language: str = ""
    page: Any = None


@dataclass(frozen=True)
class ListedFamily:
    """A family with its page's address and the event that comes next, if one is announced."""

    family: Family
    url: str
    upcoming: ListedEvent | None


def page_at(home: HomePage, steps: list[str]) -> Page | None:
    """The live page below `home` at this address; one query for a family or an event, two or three else."""
    address = f"{home.url_path}{'/'.join(steps)}/"
    related: dict[int, tuple[Any, tuple[str, ...]]] = {
        1: (FamilyPage, ("locale", "image", "family")),
        2: (EventPage, ("locale", "image")),
    }
    if len(steps) in related:
        kind, fields = related[len(steps)]
        page = kind.objects.live().select_related(*fields).filter(url_path=address).first()
        if page:
            return page
    plain = Page.objects.live().select_related("locale").filter(url_path=address).first()
    return plain.specific if plain else None


def event_page(code: str, language: str) -> EventPage | None:
    """The live page of the event with this code (any letter case) in `language`, else in English."""
    return _in_language(
        EventPage.objects.filter(event__in=public_events(), event__code__iexact=code), language
    ).last()


def families(
    all_families: Iterable[Family], upcoming_events: list[ListedEvent], request: HttpRequest
) -> list[ListedFamily]:
    """Every family that has a page, in the order given, with its next event among `upcoming_events`."""
    urls = _urls(FamilyPage.objects.all(), "family_id", request)
    following: dict[int, ListedEvent] = {}
    for item in upcoming_events:
        following.setdefault(item.event.family_id, item)
    return [
        ListedFamily(family, urls[family.pk], following.get(family.pk))
        for family in all_families
        if family.pk in urls
    ]


def editions(
    family: Family, request: HttpRequest
) -> tuple[list[ListedEvent], list[tuple[int, list[ListedEvent]]]]:
    """The family's events: those to come, the nearest first, and those past by year, the last first."""
    events = with_places(public_events()).select_related("family", "recorded_figure").filter(family=family)
    all_listed = listed(events.order_by("-start_date", "code"), request)
    past = [item for item in all_listed if item.event.is_over]
    by_year = [
        (year, list(items)) for year, items in groupby(past, key=lambda item: item.event.start_date.year)
    ]
    return [item for item in reversed(all_listed) if not item.event.is_over], by_year


def next_events(family: str, number: int, request: HttpRequest | None) -> list[ListedEvent]:
    """The next `number` events of the family with this slug, of all families when it is ""."""
    main = with_places(public_events()).select_related("family").filter(parent=None)
    coming = main.filter(to_come(timezone.now().date()), **({"family__slug": family} if family else {}))
    return listed(coming.order_by("start_date", "code")[:number], request)


def linked_event(pk: int, request: HttpRequest) -> ListedEvent | None:
    """The event with its page's address; None for a draft."""
    return next(iter(_linked(public_events().select_related("family").filter(pk=pk), request)), None)


def event_context(page: EventPage, request: HttpRequest) -> dict[str, Any]:
    """All that an event's page tells: the event, its registration, what is around it, its pages and news."""
    beside = public_events().filter(Q(parent=page.event_id) | Q(side_events=page.event_id))
    rows = (
        with_places(Event.objects.filter(Q(pk=page.event_id) | Q(pk__in=beside.values("pk"))))
        .annotate(has_programme=Exists(Session.objects.filter(event=OuterRef("pk"))))
        .select_related("family", "country", "recorded_figure")
        .order_by("start_date", "code")
    )
    event = next(each for each in rows if each.pk == page.event_id)
    around = [each for each in rows if each.pk != page.event_id]
    pages = _pages_about(page, around, request)
    items = [ListedEvent(each, pages.events.get(each.pk, ""), window_of(each)) for each in around]
    return {
        "event": event,
        "former": former_dates(event),
        "terms": (terms := terms_of(event)),
        "window": terms.window,
        "part_of": next((item for item in items if item.event.pk == event.parent_id), None),
        "side_events": [item for item in items if item.event.pk != event.parent_id],
        "working_languages": [(code, LANGUAGES[code]) for code in event.languages],
        "event_nav": _event_nav(
            page, pages.below, page, request, programme_of=event.code if event.has_programme else ""
        ),
        "news": pages.news,
    }


def surroundings(page: Page, request: HttpRequest) -> dict[str, Any]:
    """What a page stands below: an event with its other pages, else the page right above it."""
    above = _event_page_above(page)
    if above is None:
        parent = page.get_parent()
        top = Link(parent.title, parent.get_url(request) or "") if parent and parent.depth > 2 else None
        return {"event": None, "parent_link": top}
    below = Page.objects.child_of(above).live().select_related("locale").order_by("path")
    nav = _event_nav(
        above, below, page, request, programme_of=above.event.code if above.has_programme else ""
    )
    parent = Link(above.title, above.get_url(request) or "")
    return {"event": above.event, "event_nav": nav, "parent_link": parent}


def links_below(page: Page, request: HttpRequest) -> list[Link]:
    """The live pages right below that are no events."""
    below = Page.objects.child_of(page).live().not_type(EventPage).select_related("locale").order_by("path")
    return [Link(each.title, each.get_url(request) or "", page=each) for each in below]


def speakers_of(event: Event | None) -> list[Speaker]:
    """The event's speakers by name, with their country and the sessions that take place."""
    held = Session.objects.exclude(state=Session.State.CANCELLED)
    speakers = Speaker.objects.filter(event=event).select_related("country").order_by("name")
    return list(speakers.prefetch_related(Prefetch("sessions", held, to_attr="held"))) if event else []


def action_url(value: Any, request: HttpRequest | None) -> str:
    """Where a call to action leads now; "" when registration is not open or the page is not published."""
    if value["address"]:
        return str(value["address"]) if value["address"].startswith("https://") else ""
    if value["registration"]:
        event = with_places(public_events()).filter(pk=value["registration"].event_id).first()
        return reverse("register", args=[event.code]) if event and terms_of(event).lets_in else ""
    if not value["page"]:
        return ""
    twins = Page.objects.filter(translation_key=value["page"].translation_key)
    page = _in_language(twins, get_language() or "en").last()
    return (page.get_url(request) or "") if page else ""


_OF_A_LINK = ("path", "depth", "url_path", "title", "locale__language_code")
"""What a link to a page needs of it."""


@dataclass(frozen=True)
class _PagesAbout:
    """Pages that an event's page points to: those below it, news, and the pages of events around it."""

    below: list[Page]
    news: list[Link]
    events: dict[int, str]


def _pages_about(page: EventPage, around: Iterable[Event], request: HttpRequest) -> _PagesAbout:
    """All of them in one query."""
    wanted = (
        Page.objects.child_of_q(page)
        | Q(newspage__event=page.event_id)
        | Q(eventpage__event__in=[event.pk for event in around])
    )
    pages = list(
        _in_language(Page.objects.filter(wanted), page.locale.language_code)
        .select_related("newspage", "eventpage")
        .only(*_OF_A_LINK, "translation_key", "newspage__date", "eventpage__event")
    )
    below = [each for each in pages if each.depth == page.depth + 1 and each.path.startswith(page.path)]
    events = {
        each.eventpage.event_id: each.get_url(request) or "" for each in pages if hasattr(each, "eventpage")
    }
    articles = {each.translation_key: each.newspage for each in pages if hasattr(each, "newspage")}
    latest = sorted(articles.values(), key=lambda article: article.date, reverse=True)[:NEWS_OF_AN_EVENT]
    return _PagesAbout(
        sorted(below, key=lambda each: each.path),
        links_to(latest, page.locale.language_code, request),
        events,
    )


def links_to(pages: Iterable[Page], language: str, request: HttpRequest) -> list[Link]:
    """Links to the pages; those in another language than the reader's say in which."""
    return [
        Link(
            page.title,
            page.get_url(request) or "",
            language="" if page.locale.language_code == language else page.locale.language_code,
            page=page,
        )
        for page in pages
    ]


def _event_page_above(page: Page) -> Any:
    """The event's page that `page` stands below, with its event."""
    has_programme = Exists(Session.objects.filter(event=OuterRef("event")))
    above = EventPage.objects.ancestor_of(page).annotate(has_programme=has_programme)
    return above.select_related("event__family", "locale").last()


def _event_nav(
    top: EventPage, below: Iterable[Page], current: Page, request: HttpRequest, *, programme_of: str
) -> list[Link]:
    """The pages of an event side by side, with the programme of that code if any; none for one page."""
    links = [Link(gettext("Overview"), top.get_url(request) or "", current.pk == top.pk)]
    links += [Link(page.title, page.get_url(request) or "", current.pk == page.pk) for page in below]
    if programme_of:
        links.append(Link(gettext("Programme"), reverse("programme", args=[programme_of])))
    return links if len(links) > 1 else []


def listed(events: QuerySet[Event], request: HttpRequest | None) -> list[ListedEvent]:
    """The events of `with_places`, with the addresses of their pages; two queries, however many events."""
    rows = list(events)
    urls = event_urls(rows, request)
    return [ListedEvent(event, urls.get(event.pk, ""), window_of(event)) for event in rows]


def _linked(events: QuerySet[Event], request: HttpRequest) -> list[ListedEvent]:
    """The same where nobody asks whether places are left."""
    rows = list(events)
    urls = event_urls(rows, request)
    return [ListedEvent(event, urls.get(event.pk, ""), window_by_date(event)) for event in rows]


def event_urls(events: Iterable[Event], request: HttpRequest | None) -> dict[int, str]:
    """The address of each event's page; no query for no event."""
    return _urls(EventPage.objects.filter(event__in={event.pk for event in events}), "event_id", request)


def _urls(pages: Any, owner: str, request: HttpRequest | None) -> dict[int, str]:
    """The address of each owner's live page in the active language, else in English."""
    found = _in_language(pages, get_language() or "en")
    return {getattr(page, owner): page.get_url(request) or "" for page in found}


def _in_language(pages: Any, language: str) -> Any:
    """The live pages in English and in `language`, those in `language` last so that they win."""
    wanted = pages.live().filter(locale__language_code__in={"en", language}).select_related("locale")
    order = "locale__language_code" if language > "en" else "-locale__language_code"
    return wanted.order_by(order)
