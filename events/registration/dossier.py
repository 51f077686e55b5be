"""What belongs to one registration beside its own fields: answers, files, notes, funding."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..files.storage import private_storage, stored_name
from .models import Registration


class Answer(models.Model):
    """An answer, with the words in which it was asked and given: they stay when the question changes."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="answers")
    question = models.ForeignKey("events.Question", models.PROTECT, related_name="answers")
    value = models.JSONField(help_text="As `questions.kinds` keeps it: codes, not words.")
    asked = models.CharField(max_length=200, help_text="The question as the person read it.")
    words = models.TextField(help_text="The answer as the person read it.")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("registration", "question__question_set__position", "question__position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("registration", "question"), name="one_answer_a_question"),
        )

    def __str__(self) -> str:
        return f"{self.registration_id} {self.question_id}"


class Upload(models.Model):
    """A file or photo of a person; without a registration while its form is still being filled in."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey("events.Question", models.PROTECT, related_name="+")
    registration = models.ForeignKey(Registration, models.CASCADE, null=True, related_name="uploads")
    file = models.FileField(upload_to=stored_name, storage=private_storage)
    name = models.CharField(max_length=120, help_text="What the person called it, cleaned.")
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="In bytes.")
    created_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.public_id)


class Note(models.Model):
    """What a colleague should know. The person never reads it."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="notes")
    text = models.CharField(_("note"), max_length=2000)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("registration", "pk")

    def __str__(self) -> str:
        return f"{self.registration_id} {self.at:%Y-%m-%d %H:%M}"


class Funding(models.Model):
    """Who pays for the person's journey, and why it was decided so. A funded person pays no fee."""

    class Kind(models.TextChoices):
        NONE = "none", _("None")
        AIRFARE = "airfare", _("Airfare")
        AIRFARE_DSA = "airfare-dsa", _("Airfare and daily allowance")

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="funding")
    kind = models.CharField(_("funding"), max_length=12, choices=Kind, default=Kind.NONE)
    source = models.CharField(_("source of the money"), max_length=160, blank=True)
    criteria = models.CharField(_("decided by these criteria"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("funding")
        verbose_name_plural = _("fundings")

    def __str__(self) -> str:
        return f"{self.registration_id} {self.kind}"
