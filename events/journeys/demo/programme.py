"""The illustrative programme of the symposium on ePhyto, for the edition of 2018 and for the next one."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ...catalogue.models import Event
from ...programme.models import Room, Session, Speaker
from .content import content


@transaction.atomic
def add_symposium_programme(event: Event) -> None:
    """Give the event five days of sessions, each marked as illustrative, in its own zone."""
    plan = content("symposium")
    rooms = Room.objects.bulk_create(
        Room(event=event, name=name, position=position) for position, name in enumerate(plan["rooms"])
    )
    by_name = {room.name: room for room in rooms}
    sessions = Session.objects.bulk_create(_session(event, item, by_name) for item in plan["session"])
    _add_speakers(event, plan, sessions)


def _session(event: Event, item: Mapping[str, Any], rooms: Mapping[str, Room]) -> Session:
    day = event.start_date + dt.timedelta(days=item["day"] - 1)
    return Session(
        event=event,
        title=item["title"],
        start=dt.datetime.combine(day, item["start"], tzinfo=event.tz),
        end=dt.datetime.combine(day, item["end"], tzinfo=event.tz),
        room=rooms[item["room"]],
        track=item.get("track", ""),
        is_illustrative=True,
    )


def _add_speakers(event: Event, plan: Mapping[str, Any], sessions: list[Session]) -> None:
    """Roles, never people: nobody is invented."""
    speakers = Speaker.objects.bulk_create(
        Speaker(event=event, name=facts["name"], role=facts.get("role", "")) for facts in plan["speaker"]
    )
    by_key = {facts["key"]: speaker for facts, speaker in zip(plan["speaker"], speakers, strict=True)}
    link = Session.speakers.through
    link.objects.bulk_create(
        link(session=session, speaker=by_key[key])
        for session, item in zip(sessions, plan["session"], strict=True)
        for key in item.get("speakers", ())
    )
