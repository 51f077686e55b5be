"""What a calendar says about an event and its sessions: rows of the catalogue in, plain entries out."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext, override

from ..catalogue.models import Event, Family
from ..programme.models import Session
from ..proposals.choice import calendar_address
from ..proposals.models import Proposal

UID_HOST = "ippc-events"
"""The right side of an event's UID. Never changed: subscribers would see every event twice."""

COLOURS = {
    Family.Accent.LEAF: "forestgreen",
    Family.Accent.OCEAN: "steelblue",
    Family.Accent.EARTH: "sienna",
    Family.Accent.PLUM: "purple",
    Family.Accent.LAKE: "teal",
    Family.Accent.SLATE: "slategray",
}
"""The CSS3 colour name (RFC 7986 section 5.9) next to each accent of the palette."""

CONFIRMED, TENTATIVE, CANCELLED = "CONFIRMED", "TENTATIVE", "CANCELLED"

_STATUS = {Event.State.POSTPONED: TENTATIVE, Event.State.CANCELLED: CANCELLED}


@dataclass(frozen=True, slots=True)
class Entry:
    """One VEVENT. Dates stand for whole days, `end` is exclusive; times carry their zone."""

    uid: str
    summary: str
    start: dt.date
    end: dt.date
    status: str
    sequence: int
    created: dt.datetime
    changed: dt.datetime
    place: str = ""
    description: str = ""
    url: str = ""
    colour: str = ""

    @property
    def is_all_day(self) -> bool:
        """Whether the entry has days instead of times."""
        return not isinstance(self.start, dt.datetime)


def event_days(event: Event, language: str, *, url: str) -> Entry:
    """The event itself, from its first to its last day."""
    return Entry(
        uid=f"{event.code.lower()}@{UID_HOST}",
        summary=_marked(event.title.text(language), event, language),
        start=event.start_date,
        end=event.end_date + dt.timedelta(days=1),
        status=_STATUS.get(Event.State(event.state), CONFIRMED),
        sequence=event.sequence,
        created=event.created_at,
        changed=event.updated_at,
        place=_joined(event.venue, event.place.text(language)),
        description=event.note.text(language),
        url=url,
        colour=COLOURS[Family.Accent(event.shown_accent)],
    )


def session_times(session: Session, event: Event, language: str, *, url: str) -> Entry:
    """One session, in the event's zone.

    What happens to the event happens to its sessions: their status follows, and SEQUENCE is the sum
    of both counters, so that raising either raises it.
    """
    is_cancelled = session.state == Session.State.CANCELLED
    room = session.room.name if session.room else ""
    return Entry(
        uid=str(session.uid),
        summary=_marked(session.title.text(language), event, language),
        start=session.start.astimezone(event.tz),
        end=session.end.astimezone(event.tz),
        status=CANCELLED if is_cancelled else _STATUS.get(Event.State(event.state), CONFIRMED),
        sequence=event.sequence + session.sequence,
        created=session.created_at,
        changed=max(event.updated_at, session.updated_at),
        place=_joined(room, event.venue, event.place.text(language)),
        description=_session_description(session, event, language),
        url=url,
    )


def proposed_days(proposal: Proposal, language: str) -> Entry:
    """An event that others hold, in its own words whatever the language.

    One that was taken out of the calendar is cancelled, and its words are taken back too.
    """
    is_shown = proposal.state == Proposal.State.ACCEPTED
    country = proposal.country.name.text(language) if proposal.country else ""
    with override(language):
        taken_back = gettext("No longer in this calendar")
        of_others = gettext("This event is held by its own organizers, not by the IPPC Secretariat.")
    return Entry(
        uid=str(proposal.uid),
        summary=proposal.title if is_shown else taken_back,
        start=proposal.start_date,
        end=proposal.end_date + dt.timedelta(days=1),
        status=CONFIRMED if is_shown else CANCELLED,
        # Nobody knows the event before it is accepted, which counts as one.
        sequence=proposal.sequence - 1,
        created=proposal.created_at,
        changed=proposal.updated_at,
        place=_joined(proposal.place, country) if is_shown else "",
        description="\n\n".join(filter(None, (proposal.description, of_others))) if is_shown else "",
        url=(proposal.link or calendar_address(proposal.family, language)) if is_shown else "",
    )


def event_address(event: Event, language: str) -> str:
    """The public address of the event in `language`."""
    return f"{settings.SITE_URL}/{language}/events/{event.code}/"


def programme_entries(event: Event, sessions: Iterable[Session], language: str) -> list[Entry]:
    """The event and its sessions, all leading to the event's page."""
    url = event_address(event, language)
    return [
        event_days(event, language, url=url),
        *(session_times(session, event, language, url=url) for session in sessions),
    ]


def _marked(title: str, event: Event, language: str) -> str:
    """The title, with what few calendars show: that new dates are awaited, that it is no real event."""
    with override(language):
        if event.state == Event.State.POSTPONED:
            title = gettext("Postponed, new dates to be announced: %(title)s") % {"title": title}
        if event.is_demonstration:
            title = gettext("Demonstration, not a real event: %(title)s") % {"title": title}
    return title


def _session_description(session: Session, event: Event, language: str) -> str:
    with override(language):
        illustrative = gettext("Illustrative: not taken from a published programme.")
    lines = (
        event.title.text(language),
        illustrative if session.is_illustrative else "",
        session.abstract.text(language),
    )
    return "\n\n".join(line for line in lines if line)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
