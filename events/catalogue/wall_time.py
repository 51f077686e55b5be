"""Moments moved so that the clock on the wall shows the same. Pure."""

import datetime as dt
from zoneinfo import ZoneInfo


def moved(moment: dt.datetime, zone: ZoneInfo, days: int, to_zone: ZoneInfo | None = None) -> dt.datetime:
    """The moment `days` later at the same hour in `zone`, or at that hour in `to_zone`; in UTC.

    An hour that the clock skips on that day becomes the hour after it (PEP 495).
    """
    wall = moment.astimezone(zone).replace(tzinfo=None, fold=0) + dt.timedelta(days=days)
    return wall.replace(tzinfo=to_zone or zone).astimezone(dt.UTC)


def moved_span(
    start: dt.datetime, end: dt.datetime, zone: ZoneInfo, days: int, to_zone: ZoneInfo | None = None
) -> tuple[dt.datetime, dt.datetime]:
    """Both ends moved. Where a change of the clock would turn them round, the length is kept, not the end."""
    begin, finish = (moved(moment, zone, days, to_zone) for moment in (start, end))
    return (begin, finish) if finish > begin else (begin, begin + (end - start))
