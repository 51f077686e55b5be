"""What can be found in one language: read anew each time, in a fixed number of queries."""

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Locale, Page

from events.catalogue.dates import day_range
from events.catalogue.models import Event
from events.catalogue.selectors import public_events
from events.programme.models import Session

from ..documents.selectors import public_documents
from ..pages.known import public_pages, text_of
from ..pages.models import EventPage
from .matching import Found


def all_found(language: str, request: HttpRequest) -> list[Found]:
    """Everything that the public may find in `language`: events first, then pages, documents and sessions."""
    events = {event.pk: event for event in public_events()}
    pages = _pages(language, events, request)
    return [*pages, *_documents(language, events), *_sessions(language, events)]


def _pages(language: str, events: dict[int, Event], request: HttpRequest) -> list[Found]:
    """The pages, those of events first, the latest event before the others."""
    locale = Locale.objects.filter(language_code=language).first()
    if locale is None:
        return []
    of_events: list[tuple[Event, Found]] = []
    others: list[Found] = []
    for page in public_pages(Page.objects.filter(locale=locale, depth__gt=1)).specific().order_by("path"):
        page.locale = locale
        event = events.get(page.event_id) if isinstance(page, EventPage) else None
        if event:
            of_events.append((event, _event(event, page, language, request)))
        else:
            others.append(_page(page, language, request))
    of_events.sort(key=lambda pair: pair[0].start_date, reverse=True)
    return [*(found for _event, found in of_events), *others]


def _event(event: Event, page: Page, language: str, request: HttpRequest) -> Found:
    place = event.place.text(language)
    return Found(
        kind="event",
        title=page.title,
        url=page.get_url(request) or "",
        language=language,
        text=text_of(page),
        facts=(day_range(event.start_date, event.end_date), *([place] if place else [])),
        also=(page.search_description, event.venue, event.code, event.title.text(language)),
    )


def _page(page: Page, language: str, request: HttpRequest) -> Found:
    lines = (getattr(page, "summary", ""), page.search_description, text_of(page))
    return Found(
        kind="page",
        title=page.title,
        url=page.get_url(request) or "",
        language=language,
        text="\n".join(line for line in lines if line),
    )


def _documents(language: str, events: dict[int, Event]) -> list[Found]:
    documents = public_documents().filter(language=language).order_by("title", "pk")
    return [
        Found(
            kind="document",
            title=document.title,
            url=document.url,
            language=language,
            facts=tuple(
                fact
                for fact in (
                    document.agenda_number,
                    events[document.event_id].title.text(language) if document.event_id else "",
                )
                if fact
            ),
        )
        for document in documents
    ]


def _sessions(language: str, events: dict[int, Event]) -> list[Found]:
    sessions = Session.objects.exclude(state=Session.State.CANCELLED).filter(event__in=list(events))
    return [
        Found(
            kind="session",
            title=session.title.text(language),
            url=reverse("programme", args=[events[session.event_id].code]),
            language=session.title.language(language),
            text=session.abstract.text(language),
            facts=(events[session.event_id].title.text(language),),
            also=tuple(speaker.name for speaker in session.speakers.all()),
        )
        for session in sessions.prefetch_related("speakers").order_by("-start", "pk")
    ]
