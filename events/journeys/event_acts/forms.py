"""What an editor chooses for an act on an event. Times are local times of the event."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from ...catalogue.models import Country, Event, code_validator, zone_names
from ...catalogue.texts import Texts, TextsFormField
from ...typed.fields import TextLine
from .cancel import Cancellation
from .move import Move
from .next_edition import SAME_WEEKDAY_NEXT_YEAR, Edition, year_after
from .postpone import Postponement, WindowChoice
from .rename import Renaming

WORDS_LENGTH = 600


class ActForm(forms.Form):
    """A form about one event, with the values of now as its first ones."""

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        self.event = event
        kwargs["initial"] = self.first_values(event) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def first_values(self, event: Event) -> dict[str, Any]:
        """What the fields show before anything is typed."""
        return {}

    def plan(self) -> Any:
        """The plan that was chosen. Call it after `is_valid`."""
        raise NotImplementedError

    def _ends_after_start(self, cleaned: dict[str, Any]) -> None:
        if (start := cleaned.get("start")) and (end := cleaned.get("end")) and end < start:
            self.add_error("end", _("The last day is before the first day."))


def words_field() -> TextsFormField:
    """The Secretariat's own words, on top of the mail."""
    return TextsFormField(
        label=_("Your own words in the mail"),
        max_length=WORDS_LENGTH,
        required=False,
        help_text=_(
            "Optional, for example the reason. Whoever reads another language gets the English words."
        ),
    )


class PostponeForm(ActForm):
    """New dates, or that they are not known."""

    unknown = forms.TypedChoiceField(
        label=_("New dates"),
        choices=(("", _("The new dates are known")), ("yes", _("The new dates are to be announced"))),
        widget=forms.RadioSelect,
        coerce=bool,
        required=False,
    )
    start = forms.DateField(label=_("New first day"), required=False, widget=AdminDateInput)
    end = forms.DateField(label=_("New last day"), required=False, widget=AdminDateInput)
    window = forms.ChoiceField(
        label=_("Registration"),
        choices=(
            (WindowChoice.MOVE, _("As many days later as the event; what is open stays open")),
            (WindowChoice.KEEP, _("Opens and closes as it does now")),
            (WindowChoice.SET, _("Opens and closes at the times below")),
        ),
        widget=forms.RadioSelect,
    )
    opens_at = forms.DateTimeField(label=_("Registration opens"), required=False, widget=AdminDateTimeInput)
    closes_at = forms.DateTimeField(
        label=_("Registration closes"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("Local time of the event."),
    )
    words = words_field()

    def first_values(self, event: Event) -> dict[str, Any]:
        """Dates known, registration moving along."""
        local = {
            name: moment.astimezone(event.tz).replace(tzinfo=None)
            for name, moment in (
                ("opens_at", event.registration_opens_at),
                ("closes_at", event.registration_closes_at),
            )
            if moment
        }
        return {"unknown": "", "window": WindowChoice.MOVE, **local}

    def _clean_fields(self) -> None:
        """Read the times as typed: the zone of whoever types changes nothing."""
        with timezone.override(dt.UTC):
            super()._clean_fields()  # type: ignore[misc] # the stubs leave it out

    def clean(self) -> dict[str, Any]:
        """Known dates are both given, in order; the times of registration as well."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("unknown"):
            return cleaned
        for name, words in (("start", _("Enter the new first day.")), ("end", _("Enter the new last day."))):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, words)
        self._ends_after_start(cleaned)
        if cleaned.get("window") == WindowChoice.SET:
            self._window_in_order(cleaned)
        return cleaned

    def _window_in_order(self, cleaned: dict[str, Any]) -> None:
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if not opens and "opens_at" not in self.errors:
            self.add_error("opens_at", _("Enter when registration opens."))
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("Registration closes before it opens."))

    def plan(self) -> Postponement:
        """Without dates nothing else counts but the words."""
        chosen = self.cleaned_data
        if chosen["unknown"]:
            return Postponement(words=chosen["words"])
        return Postponement(
            start=chosen["start"],
            end=chosen["end"],
            window=WindowChoice(chosen["window"]),
            opens_at=self._local(chosen["opens_at"]),
            closes_at=self._local(chosen["closes_at"]),
            words=chosen["words"],
        )

    def _local(self, moment: dt.datetime | None) -> dt.datetime | None:
        return moment and moment.replace(tzinfo=self.event.tz)


class CancelForm(ActForm):
    """Nothing to choose but words."""

    words = words_field()

    def plan(self) -> Cancellation:
        """The cancellation."""
        return Cancellation(words=self.cleaned_data["words"])


def tells_field(*, initial: bool) -> forms.BooleanField:
    """Whether people are written to."""
    return forms.BooleanField(
        label=_("Write to everybody with a place"),
        required=False,
        initial=initial,
        help_text=_("Not needed for a small correction."),
    )


class RenameForm(ActForm):
    """The title in six languages."""

    title = TextsFormField(label=_("Title"), max_length=255)
    tells = tells_field(initial=False)
    words = words_field()

    def first_values(self, event: Event) -> dict[str, Any]:
        """The title of now."""
        return {"title": event.title}

    def plan(self) -> Renaming:
        """The renaming."""
        return Renaming(**{name: self.cleaned_data[name] for name in ("title", "tells", "words")})


class MoveForm(ActForm):
    """How and where."""

    mode = forms.ChoiceField(label=_("Mode"), choices=Event.Mode.choices, widget=forms.RadioSelect)
    place = TextsFormField(
        label=_("Place"),
        max_length=255,
        required=False,
        help_text=_("City and country as shown to participants."),
    )
    venue = TextLine(label=_("Venue"), longest=200, required=False)
    country = forms.ModelChoiceField(label=_("Host country"), queryset=Country.objects.all(), required=False)
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: [(name, name) for name in sorted(zone_names())],
        help_text=_("With another zone, sessions keep their hours on the wall of the new place."),
    )
    tells = tells_field(initial=True)
    words = words_field()

    def first_values(self, event: Event) -> dict[str, Any]:
        """As it is now."""
        return {name: getattr(event, name) for name in Move.fields}

    def plan(self) -> Move:
        """The move."""
        return Move(**{name: self.cleaned_data[name] for name in (*Move.fields, "tells", "words")})


class EditionForm(ActForm):
    """What the next edition has of its own."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        validators=[code_validator],
        help_text=_("In addresses, calendars and references. It never changes."),
    )
    title = TextsFormField(label=_("Title"), max_length=255)
    start = forms.DateField(label=_("First day"), widget=AdminDateInput)
    end = forms.DateField(label=_("Last day"), widget=AdminDateInput)
    sessions = forms.BooleanField(
        label=_("Copy the rooms and the skeleton of the programme"), required=False, initial=True
    )
    team = forms.BooleanField(label=_("Copy the team"), required=False, initial=True)

    def first_values(self, event: Event) -> dict[str, Any]:
        """A year later on the same weekdays, with the next year in code and title."""
        start = event.start_date + SAME_WEEKDAY_NEXT_YEAR
        code = year_after(event.code)
        return {
            "code": f"{code}-{start.year}"[:40] if code == event.code else code,
            "title": Texts({language: year_after(text) for language, text in event.title.items()}),
            "start": start,
            "end": event.end_date + SAME_WEEKDAY_NEXT_YEAR,
        }

    def clean(self) -> dict[str, Any]:
        """Days in order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._ends_after_start(cleaned)
        return cleaned

    def plan(self) -> Edition:
        """The edition."""
        return Edition(**self.cleaned_data)
