"""Reads of the programme: its sessions by day, as the clock on the wall of the event's venue counts days."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from ..catalogue.models import Event
from .models import Room, Session


@dataclass(frozen=True, slots=True)
class Day:
    """The sessions that start on `date` in the event's zone."""

    date: dt.date
    sessions: list[Session]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader asked to see; None means all."""

    day: dt.date | None = None
    track: str | None = None
    room_id: int | None = None

    def takes(self, session: Session, zone: ZoneInfo) -> bool:
        """Whether the session is among what was asked for."""
        return (
            self.day in (None, local_day(session, zone))
            and self.track in (None, session.track)
            and self.room_id in (None, session.room_id)
        )


def local_day(session: Session, zone: ZoneInfo) -> dt.date:
    """The day on which the session starts in `zone`."""
    return session.start.astimezone(zone).date()


def sessions_of(event: Event) -> list[Session]:
    """The sessions of the event in the order of their start, with room and speakers. Two queries."""
    return list(event.sessions.select_related("room").prefetch_related("speakers__country"))


def by_day(sessions: Iterable[Session], zone: ZoneInfo) -> list[Day]:
    """The sessions, in the order of their start, by the day in `zone` on which they start."""
    return [
        Day(date, list(group))
        for date, group in groupby(sessions, key=lambda session: local_day(session, zone))
    ]


def rooms_in(sessions: Iterable[Session]) -> list[Room]:
    """The rooms in which the sessions take place, in the order of the venue."""
    rooms = {session.room for session in sessions if session.room}
    return sorted(rooms, key=lambda room: (room.position, room.name))


def tracks_in(sessions: Iterable[Session]) -> list[str]:
    """The tracks of the sessions by name."""
    return sorted({session.track for session in sessions if session.track})
