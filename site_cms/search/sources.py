"""What can be found in one language: read anew each time, in a fixed number of queries."""

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Locale, Page

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
    found = []
    for page in public_pages(Page.objects.filter(locale=locale, depth__gt=1)).specific().order_by("path"):
        page.locale = locale
        event = events.get(page.event_id) if isinstance(page, EventPage) else None
        found.append((event, _page(page, event, language, request)))
    found.sort(key=lambda pair: (pair[0] is None, -pair[0].start_date.toordinal() if pair[0] else 0))
    return [page for _event, page in found]


def _page(page: Page, event: Event | None, language: str, request: HttpRequest) -> Found:
    facts = [event.place.text(language), event.venue, event.code, event.title.text(language)] if event else []
    lines = [page.search_description, getattr(page, "summary", ""), text_of(page), *facts]
    return Found(
        kind="event" if event else "page",
        title=page.title,
        url=page.get_url(request) or "",
        text="\n".join(line for line in lines if line),
        language=language,
    )


def _documents(language: str, events: dict[int, Event]) -> list[Found]:
    return [
        Found(
            kind="document",
            title=document.title,
            url=document.url,
            text=document.agenda_number,
            language=document.language,
            above=events[document.event_id].title.text(language) if document.event_id in events else "",
        )
        for document in public_documents().filter(language=language).order_by("title", "pk")
    ]


def _sessions(language: str, events: dict[int, Event]) -> list[Found]:
    sessions = Session.objects.exclude(state=Session.State.CANCELLED).filter(event__in=list(events))
    return [
        Found(
            kind="session",
            title=session.title.text(language),
            url=reverse("programme", args=[events[session.event_id].code]),
            text="\n".join(
                [session.abstract.text(language), *(speaker.name for speaker in session.speakers.all())]
            ),
            language=session.title.language(language),
            above=events[session.event_id].title.text(language),
        )
        for session in sessions.prefetch_related("speakers").order_by("-start", "pk")
    ]
