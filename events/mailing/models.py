"""Mailings and reminders."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..catalogue.texts import TextsField

WORDS_LENGTH = 4000


class Mailing(models.Model):
    """One text to everybody whom a filter finds, each with a mail of their own."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENDING = "sending", _("Being sent")
        STOPPED = "stopped", _("Stopped")
        QUEUED = "queued", _("All handed to the outbox")

    event = models.ForeignKey(
        "events.Event", models.CASCADE, related_name="mailings", verbose_name=_("event")
    )
    subject = TextsField(_("subject"), max_length=150)
    words = TextsField(_("text"), max_length=WORDS_LENGTH)
    recipients = models.JSONField(
        _("recipients"), default=dict, blank=True, help_text="The filter: states, categories, countries, ..."
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT, editable=False)
    people = models.PositiveIntegerField(_("people"), default=0, editable=False)
    reached_pk = models.PositiveBigIntegerField(
        default=0, editable=False, help_text="The last registration that was handed to the outbox."
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return str(self.subject)


class Reminder(models.Model):
    """What is reminded of by itself in one event, when, and in which words."""

    class Kind(models.TextChoices):
        UNFINISHED = "unfinished", _("Form not finished")
        NOMINATION = "nomination", _("Nomination not confirmed by the person")
        OFFER = "offer", _("Offer about to end")
        ANSWERS = "answers", _("Questions not answered yet")
        EVENT = "event", _("Event near")

    event = models.ForeignKey(
        "events.Event", models.CASCADE, related_name="reminders", verbose_name=_("event")
    )
    kind = models.CharField(_("reminder"), max_length=12, choices=Kind)
    is_on = models.BooleanField(_("is sent"), default=True)
    hours = models.PositiveIntegerField(
        _("hours"),
        help_text=_("After the last step for what is unfinished; before the end or the event else."),
    )
    subject = TextsField(_("subject"), max_length=150, blank=True)
    words = TextsField(
        _("text"), max_length=WORDS_LENGTH, blank=True, help_text=_("Empty means our standard words.")
    )

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ("event", "kind")
        constraints = (models.UniqueConstraint(fields=("event", "kind"), name="one_reminder_a_kind"),)

    def __str__(self) -> str:
        return f"{self.event.code} – {self.get_kind_display()}"
