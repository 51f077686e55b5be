"""`manage.py load_catalogue [--data DIR]`: countries and RPPOs from CSV files; adds what is missing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.catalogue.csvfile import CsvError
from events.catalogue.loader import DATA
from events.catalogue.services import load_catalogue


class Command(BaseCommand):
    help = "Adds missing countries and regional organizations; never changes a row that exists."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--data", type=Path, default=DATA, help="Folder of the CSV files, see its README.md."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            added = load_catalogue(folder=options["data"])
        except CsvError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self.stdout.write(
            f"Added {added.countries} countries, {added.statuses} statuses, {added.rppos} RPPOs."
        )
