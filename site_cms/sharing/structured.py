"""An event as schema.org/Event, for search engines (JSON-LD)."""

import json
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.catalogue.models import Event
from events.catalogue.selectors import Days
from events.registration.windows import Window

_SCHEMA = "https://schema.org/"
_ATTENDANCE = {
    Event.Mode.IN_PERSON: "OfflineEventAttendanceMode",
    Event.Mode.VIRTUAL: "OnlineEventAttendanceMode",
    Event.Mode.HYBRID: "MixedEventAttendanceMode",
}
_AVAILABILITY = {
    Window.OPEN: "InStock",
    Window.NOT_YET: "PreOrder",
    Window.WAITING_LIST: "SoldOut",
    Window.FULL: "SoldOut",
    Window.BY_INVITATION: "LimitedAvailability",
    Window.BY_NOMINATION: "LimitedAvailability",
    Window.BY_EITHER: "LimitedAvailability",
    Window.CLOSED: "OutOfStock",
    Window.POSTPONED: "OutOfStock",
    Window.CANCELLED: "Discontinued",
}
_TAGS = {"zh-hans": "zh-Hans"}
# In a script element only these could end it or begin another (HTML, 13.2.5.4).
_ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def as_script(data: dict[str, Any]) -> SafeString:
    """The data as a block of JSON-LD: no script to a browser, so the content security policy lets it be."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above


def event_data(
    event: Event, window: Window, *, former: Days | None, url: str, summary: str
) -> dict[str, Any]:
    """The event as it stands. `former` are its days before they changed; `url` is its page's full address."""
    moved = former is not None and former.first != event.start_date
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": _name(event),
        "description": summary,
        "url": url,
        "image": picture_address(event),
        "startDate": event.start_date.isoformat(),
        "endDate": event.end_date.isoformat(),
        "eventStatus": _SCHEMA + _status(event, moved=moved),
        "eventAttendanceMode": _SCHEMA + _ATTENDANCE[Event.Mode(event.mode)],
        "location": _locations(event, url),
        "inLanguage": [_TAGS.get(code, code) for code in event.languages or [get_language() or "en"]],
        "organizer": {
            "@type": "Organization",
            "name": _("IPPC Secretariat"),
            "url": "https://www.ippc.int/",
        },
        "isAccessibleForFree": True,
    }
    if former and moved:
        data["previousStartDate"] = former.first.isoformat()
    if window is not Window.NOT_PLANNED and not event.is_over:
        data["offers"] = _offer(event, window)
    return data


def picture_address(event: Event, language: str = "") -> str:
    """The full address of the event's picture in `language`, by default the active one."""
    arguments = [event.code, language or get_language() or "en"]
    return urljoin(settings.SITE_URL, reverse("share_picture", args=arguments))


def _name(event: Event) -> str:
    title = event.title.text()
    return f"{title} – {_('Demonstration, not a real event')}" if event.is_demonstration else title


def _status(event: Event, *, moved: bool) -> str:
    if event.state == Event.State.CANCELLED:
        return "EventCancelled"
    if event.state == Event.State.POSTPONED:
        return "EventPostponed"
    return "EventRescheduled" if moved else "EventScheduled"


def _locations(event: Event, url: str) -> Any:
    country = {"addressCountry": event.country.iso2} if event.country else {}
    place = {
        "@type": "Place",
        "name": event.venue or event.place.text() or str(event.country or ""),
        "address": {"@type": "PostalAddress", "addressLocality": event.place.text(), **country},
    }
    online = {"@type": "VirtualLocation", "url": url}
    places = {Event.Mode.IN_PERSON: place, Event.Mode.VIRTUAL: online, Event.Mode.HYBRID: [place, online]}
    return places[Event.Mode(event.mode)]


def _offer(event: Event, window: Window) -> dict[str, Any]:
    """Registering costs nothing."""
    offer = {
        "@type": "Offer",
        "price": "0",
        "priceCurrency": "USD",
        "availability": _SCHEMA + _AVAILABILITY[window],
        "url": urljoin(settings.SITE_URL, reverse("register", args=[event.code])),
    }
    if event.registration_opens_at:
        offer["validFrom"] = event.registration_opens_at.isoformat()
    if event.registration_closes_at:
        offer["validThrough"] = event.registration_closes_at.isoformat()
    return offer
