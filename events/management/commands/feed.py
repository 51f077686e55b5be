"""Print an event's calendar."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.calendar.selectors import event_feed_bytes
from events.catalogue.models import Event
from events.catalogue.texts import LANGUAGES


class Command(BaseCommand):
    help = "Prints the calendar of an event (iCalendar, RFC 5545) on the standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event", help="The code of the event; upper or lower case.")
        parser.add_argument("--lang", choices=LANGUAGES, default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        event = Event.objects.select_related("family").filter(code__iexact=options["event"]).first()
        if event is None:
            message = f"There is no event with the code {options['event']!r}."
            raise CommandError(message)
        self.stdout.write(event_feed_bytes(event, options["lang"]).decode(), ending="")
