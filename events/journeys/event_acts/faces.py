"""What an act asks of an event's pages. The domain knows no page: the project names who answers (ADR 55)."""

from typing import Protocol

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.utils.module_loading import import_string

from ...catalogue.models import Event
from ...catalogue.texts import Texts


class Faces(Protocol):
    """The pages of events."""

    def with_title_of(self, *, event: Event, title: Texts) -> int:
        """How many pages bear the event's own title and would change for `title`."""

    def follow_title(self, *, event: Event, title: Texts, user: AbstractBaseUser | None) -> int:
        """Give those pages `title`, `event` having its title of before; how many."""

    def to_copy(self, *, source: Event) -> int:
        """How many pages an edition made from `source` gets."""

    def copy(self, *, source: Event, event: Event, user: AbstractBaseUser | None) -> int:
        """Make the pages of `event` from those of `source`, as drafts; how many."""


def faces() -> Faces:
    """Whoever answers for the pages, by `settings.EVENT_FACES`."""
    found: Faces = import_string(settings.EVENT_FACES)
    return found
