"""The programme, for everybody."""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..catalogue.selectors import event_by_code
from .models import Session
from .selectors import Choice, by_day, local_day, rooms_in, sessions_of, tracks_in


@require_safe
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """The event's sessions by day in its zone, filtered by day, track and room."""
    event = event_by_code(code)
    if event is None:
        raise Http404
    sessions = sessions_of(event)
    choice = choice_in(request.GET, sessions, event.tz)
    return render(
        request,
        "events/programme/programme.html",
        {
            "event": event,
            "is_empty": not sessions,
            "all_days": [day.date for day in by_day(sessions, event.tz)],
            "tracks": tracks_in(sessions),
            "rooms": rooms_in(sessions),
            "choice": choice,
            "days": by_day((session for session in sessions if choice.takes(session, event.tz)), event.tz),
            "is_illustrative": any(session.is_illustrative for session in sessions),
        },
    )


def choice_in(query: QueryDict, sessions: list[Session], zone: ZoneInfo) -> Choice:
    """What the address asks for; a value that no session has counts as not asked."""
    days = {local_day(session, zone).isoformat(): local_day(session, zone) for session in sessions}
    tracks = {session.track: session.track for session in sessions if session.track}
    rooms = {str(session.room_id): session.room_id for session in sessions if session.room_id}
    return Choice(
        day=days.get(query.get("day", "")),
        track=tracks.get(query.get("track", "")),
        room_id=rooms.get(query.get("room", "")),
    )
