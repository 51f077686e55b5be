"""Prints the badges of an event: `manage.py badges EVENT --out FILE.pdf [--sheet a4] [--only REF ...]`."""

import os
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.badges.pdf import Sheet, print_badges
from events.badges.selectors import badge_holders
from events.catalogue.models import Event
from events.registration.models import Registration


class Command(BaseCommand):
    help = "Print the badges of everybody whose registration for an event is confirmed, as one PDF."
    # They would load every page of the site first: a second more.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event", help="the event's code")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE.pdf", help="the file to write")
        parser.add_argument(
            "--sheet",
            choices=list(Sheet),
            default=Sheet.A6,
            help="one badge a page (a6) or four with cut marks (a4)",
        )
        parser.add_argument("--only", nargs="+", default=[], metavar="REF", help="only these references")

    def handle(self, *args: Any, **options: Any) -> None:
        event = Event.objects.filter(code__iexact=options["event"]).first()
        if event is None:
            raise CommandError(f"There is no event with the code {options['event']}.")
        holders = _holders(event, options["only"])
        printed = print_badges(event, holders, Sheet(options["sheet"]))
        _write(options["out"], printed.pdf)
        self.stdout.write(f"{len(holders)} badges in {options['out']}")
        for reference, characters in printed.lost.items():
            self.stderr.write(f"{reference}: no font holds {_named(characters)}; a box is printed instead.")


def _holders(event: Event, only: list[str]) -> list[Registration]:
    """Who gets a badge; refuses an empty list and a reference without a badge."""
    wanted = {reference.strip().upper() for reference in only}
    holders = badge_holders(event, wanted)
    without = wanted - {holder.reference for holder in holders}
    if without:
        raise CommandError(
            f"No confirmed registration for {event.code} with a ticket: {', '.join(sorted(without))}."
        )
    if not holders:
        raise CommandError(f"Nobody is confirmed for {event.code}, so there is no badge to print.")
    return holders


def _write(path: Path, pdf: bytes) -> None:
    """Write the file whole or not at all, for its owner's eyes."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pdf)
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error


def _named(characters: str) -> str:
    """The characters by code point and Unicode name."""
    return ", ".join(
        f"{char} (U+{ord(char):04X} {unicodedata.name(char, 'without name')})" for char in characters
    )
