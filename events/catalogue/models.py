"""Families, events and categories of participant."""

import datetime as dt
import zoneinfo
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from .countries import Country, PartyStatus, Rppo
from .event_states import EventState
from .regions import WorkshopRegion
from .texts import LANGUAGES, TextsField

__all__ = ["Category", "Country", "Event", "EventChange", "Family", "PartyStatus", "Rppo"]

code_validator = RegexValidator(
    r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*\Z", _("Use letters, digits and single hyphens.")
)
colour_validator = RegexValidator(r"^#[0-9A-Fa-f]{6}\Z", _("Enter a colour such as #1B6E3C."))


@cache
def zone_names() -> frozenset[str]:
    """The IANA zones known to this machine."""
    return frozenset(zoneinfo.available_timezones())


def validate_zone(name: str) -> None:
    """Refuse a name that is not an IANA time zone."""
    if name not in zone_names():
        raise ValidationError(_("“%(zone)s” is not an IANA time zone."), params={"zone": name})


def validate_languages(codes: object) -> None:
    """Refuse anything but a list of the six language codes."""
    if not isinstance(codes, list) or any(code not in LANGUAGES for code in codes):
        raise ValidationError(_("Choose among the six languages."))


class Family(models.Model):
    """A series of events: the symposium, the Year, the conference, the regional workshops, the committees."""

    class Accent(models.TextChoices):
        """The palette, each with AA contrast on white and dark; `static/css/tokens.css` holds the colours."""

        LEAF = "leaf", _("Leaf green")
        OCEAN = "ocean", _("Ocean blue")
        EARTH = "earth", _("Earth brown")
        PLUM = "plum", _("Plum")
        LAKE = "lake", _("Lake teal")
        SLATE = "slate", _("Slate grey")

    slug = models.SlugField(_("address"), unique=True)
    name = TextsField(_("name"))
    summary = TextsField(_("summary"), max_length=600, blank=True)
    accent = models.CharField(_("accent colour"), max_length=10, choices=Accent, default=Accent.LEAF)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("family of events")
        verbose_name_plural = _("families of events")
        ordering = ("position", "slug")

    def __str__(self) -> str:
        return str(self.name)


class Event(models.Model):
    """One event, one row; pages in six languages are its face. Nothing here depends on the page tree."""

    class Mode(models.TextChoices):
        IN_PERSON = "in-person", _("In person")
        VIRTUAL = "virtual", _("Online")
        HYBRID = "hybrid", _("In person and online")

    State = EventState

    code = models.CharField(
        _("code"),
        max_length=40,
        validators=[code_validator],
        help_text=_("In addresses, calendars and references. It never changes."),
    )
    family = models.ForeignKey(Family, models.PROTECT, related_name="events", verbose_name=_("family"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="side_events", verbose_name=_("part of")
    )
    title = TextsField(_("title"))
    start_date = models.DateField(_("first day"))
    end_date = models.DateField(_("last day"))
    zone = models.CharField(_("time zone"), max_length=40, validators=[validate_zone], default="UTC")
    place = TextsField(_("place"), blank=True, help_text=_("City and country as shown to participants."))
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, verbose_name=_("host country")
    )
    workshop_region = models.CharField(
        _("workshop region"), max_length=30, choices=WorkshopRegion, blank=True
    )
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.IN_PERSON)
    languages = models.JSONField(
        _("working languages"), default=list, blank=True, validators=[validate_languages]
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, db_index=True)
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    asks_nationality = models.BooleanField(_("ask for the nationality"), default=False)
    is_demonstration = models.BooleanField(_("demonstration"), default=False, editable=False)
    note = TextsField(
        _("note on the facts"),
        max_length=300,
        blank=True,
        help_text=_("For example the source, or that something is illustrative. Shown on the page."),
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=10,
        choices=Family.Accent,
        blank=True,
        help_text=_("Empty: as its family."),
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("-start_date", "code")
        constraints = (
            models.UniqueConstraint(Upper("code"), name="event_code_once"),
            models.CheckConstraint(
                condition=models.Q(end_date__gte=models.F("start_date")), name="event_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        """Refuse dates and windows that end before they begin."""
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValidationError({"end_date": _("The last day is before the first day.")})
        opens, closes = self.registration_opens_at, self.registration_closes_at
        if opens and closes and closes <= opens:
            raise ValidationError({"registration_closes_at": _("Registration closes before it opens.")})

    @property
    def tz(self) -> zoneinfo.ZoneInfo:
        """The event's zone."""
        return zoneinfo.ZoneInfo(self.zone)

    @property
    def shown_accent(self) -> str:
        """The colour of the palette that the event is shown in: its own, else its family's."""
        return self.accent or self.family.accent

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed in the event's zone; never while new dates are awaited."""
        return self.is_over_at(dt.datetime.now(self.tz))

    def is_over_at(self, now: dt.datetime) -> bool:
        """The same at the aware moment `now`."""
        return self.state != EventState.POSTPONED and now.astimezone(self.tz).date() > self.end_date


class CategoryAudience(models.TextChoices):
    """Who may register in a category."""

    OPEN = "open", _("Everybody")
    INVITATION = "invitation", _("By invitation of the Secretariat")
    NOMINATION = "nomination", _("By nomination of a contact point")


class Category(models.Model):
    """A category of participant in one event: the letter and colour on the badge, and the rules for it."""

    Audience = CategoryAudience

    event = models.ForeignKey(Event, models.CASCADE, related_name="categories", verbose_name=_("event"))
    letter = models.CharField(_("letter"), max_length=2, help_text=_("Large on the badge."))
    colour = models.CharField(_("colour"), max_length=7, validators=[colour_validator], default="#1B6E3C")
    label = TextsField(_("label"), max_length=120)
    needs_approval = models.BooleanField(_("needs approval"), default=False)
    audience = models.CharField(
        _("who may register"), max_length=10, choices=CategoryAudience, default=CategoryAudience.OPEN
    )
    opens_at = models.DateTimeField(
        _("registration opens"), null=True, blank=True, help_text=_("Empty means with the event.")
    )
    closes_at = models.DateTimeField(
        _("registration closes"), null=True, blank=True, help_text=_("Empty means with the event.")
    )
    minimum_notice_days = models.PositiveSmallIntegerField(
        _("days of notice"),
        default=0,
        help_text=_("Registration ends this many days before the first day, for example for visas."),
    )
    has_waiting_list = models.BooleanField(
        _("waiting list when full"), default=False, help_text=_("Places that get free are offered in order.")
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to accept an offered place"), default=72, validators=[MinValueValidator(1)]
    )
    delegation_places = models.PositiveSmallIntegerField(
        _("places for each delegation"), null=True, blank=True, help_text=_("Empty means without limit.")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("category of participant")
        verbose_name_plural = _("categories of participant")
        ordering = ("event", "position", "pk")
        constraints = (models.UniqueConstraint(fields=("event", "letter"), name="one_letter_an_event"),)

    def __str__(self) -> str:
        return str(self.label)

    def clean(self) -> None:
        """Refuse a window that ends before it begins."""
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": _("Registration closes before it opens.")})


class EventChange(models.Model):
    """The history of an event: one line for each act that people were told of."""

    class Act(models.TextChoices):
        POSTPONE = "postpone", _("Postponed")
        CANCEL = "cancel", _("Cancelled")
        RENAME = "rename", _("Renamed")
        MOVE = "move", _("Mode or place changed")
        DUPLICATE = "duplicate", _("Made from an earlier edition")

    event = models.ForeignKey(Event, models.CASCADE, related_name="changes")
    act = models.CharField(max_length=10, choices=Act)
    before = models.JSONField(default=dict, help_text="The changed fields as they were.")
    after = models.JSONField(default=dict, help_text="The same fields as they became.")
    people = models.PositiveIntegerField(default=0, help_text="How many people were written to.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("change of an event")
        verbose_name_plural = _("changes of events")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.event.code} {self.act}"
