"""Dates with times as staff type them: the local time of the event, whatever zone they sit in. For forms."""

import datetime as dt
import zoneinfo
from typing import Any

from django.utils import timezone


class LocalTimes:
    """A model form whose `local_times` are shown and read in the event's zone; mixed in before the form."""

    local_times: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.zone()
        for name in self.local_times:
            moment = self.initial.get(name)  # type: ignore[attr-defined]
            if isinstance(moment, dt.datetime) and zone is not None:
                self.initial[name] = moment.astimezone(zone).replace(tzinfo=None)  # type: ignore[attr-defined]

    def zone(self) -> zoneinfo.ZoneInfo | None:
        """The event's zone as far as the form knows it yet."""
        raise NotImplementedError

    def _clean_fields(self) -> None:
        """Read the times as typed: the zone of whoever types changes nothing."""
        with timezone.override(dt.UTC):
            super()._clean_fields()  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        """Give each time the event's zone."""
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]
        zone = self.zone()
        for name in self.local_times:
            if isinstance(cleaned.get(name), dt.datetime) and zone is not None:
                cleaned[name] = cleaned[name].replace(tzinfo=zone)
        return cleaned
