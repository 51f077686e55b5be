"""Rooms, speakers and sessions of an event."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..catalogue.texts import TextsField


class Room(models.Model):
    """A room of the venue, or an online room."""

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="rooms", verbose_name=_("event"))
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ("event", "position", "name")
        constraints = (models.UniqueConstraint(fields=("event", "name"), name="one_room_name"),)

    def __str__(self) -> str:
        return self.name


class Speaker(models.Model):
    """Somebody who speaks at an event, as announced; not a registration."""

    event = models.ForeignKey(
        "events.Event", models.CASCADE, related_name="speakers", verbose_name=_("event")
    )
    name = models.CharField(_("name"), max_length=160)
    role = models.CharField(_("role"), max_length=200, blank=True)
    country = models.ForeignKey(
        "events.Country", models.PROTECT, null=True, blank=True, verbose_name=_("country")
    )

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ("event", "name")

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """One item of the programme. Times are UTC; the event's zone says how they are read."""

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        CANCELLED = "cancelled", _("Cancelled")

    event = models.ForeignKey(
        "events.Event", models.CASCADE, related_name="sessions", verbose_name=_("event")
    )
    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    title = TextsField(_("title"))
    abstract = TextsField(_("abstract"), max_length=2000, blank=True)
    start = models.DateTimeField(_("start"))
    end = models.DateTimeField(_("end"))
    room = models.ForeignKey(Room, models.SET_NULL, null=True, blank=True, verbose_name=_("room"))
    track = models.CharField(_("track"), max_length=80, blank=True)
    speakers = models.ManyToManyField(
        Speaker, blank=True, related_name="sessions", verbose_name=_("speakers")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CONFIRMED)
    is_illustrative = models.BooleanField(_("illustrative"), default=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ("start", "room__position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="session_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        """Refuse an end before the start and a room of another event."""
        if self.start and self.end and self.end <= self.start:
            raise ValidationError({"end": _("The session ends before it starts.")})
        if self.room and self.room.event_id != self.event_id:
            raise ValidationError({"room": _("This room belongs to another event.")})
