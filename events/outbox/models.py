"""Messages to send, and the leases of periodic jobs."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """One mail. Written with what it is about; the worker renders it once and keeps the bytes."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENT = "sent", _("Sent")
        DEAD = "dead", _("Given up")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    event = models.ForeignKey(
        "events.Event", models.CASCADE, null=True, related_name="+", verbose_name=_("event")
    )
    to = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=10)
    about = models.JSONField(default=dict, help_text="Primary keys the renderer needs; never personal data.")
    once = models.CharField(
        max_length=100, unique=True, help_text="What this mail is: the same is never queued twice."
    )
    batch = models.CharField(max_length=40, blank=True, help_text="The mailing that it is part of, if one.")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    lease_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try"))
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    mime = models.BinaryField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("-created_at",)
        indexes = (
            models.Index(
                fields=("batch", "next_try_at"), name="outbox_next", condition=models.Q(state="queued")
            ),
            models.Index(fields=("batch", "state"), name="outbox_batch", condition=~models.Q(batch="")),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Job(models.Model):
    """The lease and last success of one periodic job of the clock."""

    name = models.CharField(max_length=60, primary_key=True)
    lease_until = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("periodic job")
        verbose_name_plural = _("periodic jobs")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
