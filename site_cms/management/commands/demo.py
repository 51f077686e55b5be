"""`manage.py demo [--participants N]`: real events, one next edition of each family, pages, demo staff."""

import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from events.catalogue.services import load_catalogue
from events.journeys.demo.delegations import add_delegations
from events.journeys.demo.next_editions import add_next_editions
from events.journeys.demo.participants import add_participants
from events.journeys.demo.proposals import add_proposals
from events.journeys.demo.real_events import add_real_events
from events.journeys.demo.staff import add_staff, how_to_sign_in
from site_cms.documents.demonstration import publish_demo_documents
from site_cms.pages.contact_pages import publish_contact_pages
from site_cms.pages.proposals_pages import publish_proposals_pages
from site_cms.pages.services import publish_catalogue_pages


class Command(BaseCommand):
    help = "Loads the demonstration; what is there already stays as it is. Refused in production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--participants",
            type=int,
            default=0,
            metavar="N",
            help="Bring the generated participants of the demonstration events to N.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError(
                "The demonstration is not loaded here: these are the settings where people really register. "
                "Use `manage.py load_catalogue` for the countries."
            )
        if options["participants"] < 0:
            raise CommandError("--participants must be 0 or more.")
        # One line for each page made says less than the sum below.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        load_catalogue()
        real = add_real_events()
        editions = add_next_editions(today=timezone.now().date())
        add_delegations()
        add_proposals(today=timezone.now().date())
        pages = [
            *publish_catalogue_pages(),
            *publish_proposals_pages(),
            *publish_contact_pages(),
            *publish_demo_documents(),
        ]
        add_staff()
        people = add_participants(count=options["participants"])
        self._tell(real=len(real), editions=len(editions), pages=len(pages), people=people)

    def _tell(self, *, real: int, editions: int, pages: int, people: int) -> None:
        self.stdout.write(
            f"Added {real} real and {editions} demonstration events, {pages} pages, {people} participants."
        )
        self.stdout.write("\n".join(how_to_sign_in(settings.SITE_URL)))
