"""Write the official list of participants of an event."""

from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.access.services import record_access
from events.catalogue.models import Event
from events.reports.exports import WRITERS
from events.reports.selectors import participants_of


class Command(BaseCommand):
    help = "Writes the list of participants as FILE.xlsx, FILE.csv or FILE.pdf; the ending decides."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event", help="The code of the event; upper or lower case.")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE.(xlsx|csv|pdf)")
        parser.add_argument("--attended", action="store_true", help="Only who came through the entrance.")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["out"]
        kind = file.suffix.lower().removeprefix(".")
        if kind not in WRITERS:
            message = f"{file.name}: the ending must be one of {', '.join(WRITERS)}."
            raise CommandError(message)
        event = Event.objects.filter(code__iexact=options["event"]).first()
        if event is None:
            message = f"There is no event with the code {options['event']!r}."
            raise CommandError(message)
        people = participants_of(event, attended_only=options["attended"])
        try:
            file.write_bytes(WRITERS[kind](event, people))
        except OSError as error:
            message = f"{file} cannot be written: {error.strerror}."
            raise CommandError(message) from error
        nobody = AnonymousUser()
        record_access(
            user=nobody, event_id=event.pk, what=f"list of participants, {kind}", people=len(people)
        )
        self.stdout.write(f"{len(people)} participants of {event.code} in {file}")
