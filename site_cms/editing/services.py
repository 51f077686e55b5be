"""Writes of the editing room."""

from django.db import transaction

from events.catalogue.models import Event

from ..models import EventPage, FamilyPage
from .policies import User


class NoFamilyPageError(Exception):
    """The family of the event has no English page below which the event's page would stand."""


@transaction.atomic
def make_event_page(*, event: Event, user: User) -> EventPage:
    """The event's English page, made as a draft when there is none; raises `NoFamilyPageError`."""
    existing = EventPage.objects.filter(event=event, locale__language_code="en").first()
    if existing is not None:
        return existing
    parent = FamilyPage.objects.filter(family=event.family_id, locale__language_code="en").first()
    if parent is None:
        raise NoFamilyPageError
    page = EventPage(
        event=event,
        title=event.title.text("en"),
        slug=event.code.lower(),
        live=False,
        owner=user,
        locale=parent.locale,
    )
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action=True)
    return page
