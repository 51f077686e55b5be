"""Every write to the programme. A change of time, place or status raises SEQUENCE, as calendars expect."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..catalogue.models import Event
from ..catalogue.wall_time import moved_span
from .models import Room, Session

TELLS_CALENDARS = ("start", "end", "room_id", "state")
"""What a subscriber must be told about (RFC 5545 section 3.8.7.4)."""


@transaction.atomic
def session_change(*, session: Session, changes: Mapping[str, Any]) -> Session:
    """Set the fields named in `changes`; raises ValidationError when the result is not a session."""
    locked = Session.objects.select_for_update().get(pk=session.pk)
    before = [getattr(locked, field) for field in TELLS_CALENDARS]
    for field, value in changes.items():
        setattr(locked, field, value)
    locked.full_clean(validate_unique=False)
    if [getattr(locked, field) for field in TELLS_CALENDARS] != before:
        locked.sequence += 1
    locked.save()
    return locked


def session_cancel(*, session: Session) -> Session:
    """Cancel a session. It stays in the programme and in calendars, marked as cancelled."""
    return session_change(session=session, changes={"state": Session.State.CANCELLED})


@transaction.atomic
def room_rename(*, room: Room, name: str) -> Room:
    """Give a room another name, which moves the place of each of its sessions."""
    locked = Room.objects.select_for_update().get(pk=room.pk)
    if locked.name != name:
        locked.name = name
        locked.full_clean()
        locked.save(update_fields=["name"])
        Session.objects.filter(room=locked).update(sequence=F("sequence") + 1, updated_at=timezone.now())
    return locked


@transaction.atomic
def programme_move(*, event: Event, days: int, to_zone: ZoneInfo | None = None) -> int:
    """Move every session by whole days, or to another zone; how many sessions there are.

    The hour on the wall of the venue stays, also across summer time. `event` has the zone of before.
    """
    sessions = list(Session.objects.select_for_update().filter(event=event).order_by("pk"))
    for session in sessions:
        session.start, session.end = moved_span(session.start, session.end, event.tz, days, to_zone)
        session.sequence += 1
        session.updated_at = timezone.now()
    Session.objects.bulk_update(sessions, ["start", "end", "sequence", "updated_at"])
    return len(sessions)


@transaction.atomic
def programme_copy(*, source: Event, event: Event, days: int) -> dict[int, Session]:
    """Give the event the rooms of `source` and the skeleton of its programme, `days` later on the wall.

    Titles, rooms, tracks and hours are copied, marked as illustrative: neither speakers nor abstracts
    nor what was cancelled. The new sessions by the primary key of the old ones.
    """
    rooms = {
        room.pk: Room(event=event, name=room.name, position=room.position) for room in source.rooms.all()
    }
    Room.objects.bulk_create(rooms.values())
    new: dict[int, Session] = {}
    for old in source.sessions.exclude(state=Session.State.CANCELLED).order_by("start", "pk"):
        start, end = moved_span(old.start, old.end, source.tz, days, event.tz)
        new[old.pk] = Session(
            event=event,
            title=old.title,
            start=start,
            end=end,
            room=rooms[old.room_id] if old.room_id else None,
            track=old.track,
            is_illustrative=True,
        )
    Session.objects.bulk_create(new.values())
    return new
