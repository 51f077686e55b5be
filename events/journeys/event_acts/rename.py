"""Giving an event another title. Its code, and so every address, stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...catalogue.event_states import EventStep
from ...catalogue.models import Event, EventChange
from ...catalogue.texts import LANGUAGES, Texts
from ...registration.models import Registration
from .faces import faces
from .plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming(Plan):
    """The title in six languages."""

    act: ClassVar = EventChange.Act.RENAME
    mail: ClassVar = "event-renamed"
    fields: ClassVar = ("title",)
    title: Texts

    def step(self) -> EventStep:
        """The state stays."""
        return EventStep.ADAPT

    def objection(self, event: Event) -> str:
        """Not to the title it has."""
        return _("This is the title that the event has already.") if self.title == event.title else ""

    def changes(self, event: Event) -> dict[str, Any]:
        """The title."""
        return {"title": self.title}

    def follow(self, event: Event, held: Sequence[Registration], user: AbstractBaseUser) -> None:
        """Pages that bear the old title bear the new one."""
        faces().follow_title(event=event, title=self.title, user=user)

    def effects(self, event: Event) -> list[str]:
        """Each language, pages, addresses."""
        changed = [
            _("%(language)s: “%(before)s” becomes “%(after)s”.")
            % {"language": name, "before": event.title.text(code), "after": self.title.text(code)}
            for code, name in LANGUAGES.items()
            if event.title.text(code) != self.title.text(code)
        ]
        pages = faces().with_title_of(event=event, title=self.title)
        follow = ngettext(
            "%(count)d page follows: its title was the event’s. Other titles stay as editors wrote them.",
            "%(count)d pages follow: their titles were the event’s. Other titles stay as editors wrote them.",
            pages,
        )
        return [
            *changed,
            follow % {"count": pages},
            _("Code and addresses stay: %(code)s.") % {"code": event.code},
            _("Calendars show the new title when they next look."),
        ]
