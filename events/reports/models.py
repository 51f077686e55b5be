"""Figures that were recorded or published elsewhere, kept apart from those computed here; and exports."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..catalogue.regions import WorkshopRegion
from ..files.storage import private_storage, stored_name


class RecordedFigure(models.Model):
    """Known counts of an event held without this system. None means that the number was not found."""

    event = models.OneToOneField(
        "events.Event",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="recorded_figure",
        verbose_name=_("event"),
    )
    family = models.ForeignKey("events.Family", models.PROTECT, verbose_name=_("family"))
    year = models.PositiveSmallIntegerField(_("year"))
    label = models.CharField(_("what"), max_length=160)
    workshop_region = models.CharField(
        _("workshop region"), max_length=30, choices=WorkshopRegion, blank=True
    )
    participants = models.PositiveIntegerField(_("participants"), null=True, blank=True)
    countries = models.PositiveIntegerField(_("countries"), null=True, blank=True)
    women = models.PositiveIntegerField(_("women"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("recorded figure")
        verbose_name_plural = _("recorded figures")
        ordering = ("year", "label")
        constraints = (
            models.UniqueConstraint(fields=("family", "year", "label"), name="one_recorded_figure"),
        )

    def __str__(self) -> str:
        return f"{self.label} {self.year}"


class PublishedFigure(models.Model):
    """A total that the Secretariat published, with its source and its own definition. Never computed."""

    family = models.ForeignKey("events.Family", models.PROTECT, verbose_name=_("family"))
    year = models.PositiveSmallIntegerField(_("year"))
    participants = models.PositiveIntegerField(_("participants"))
    countries = models.PositiveIntegerField(_("countries"))
    source = models.CharField(_("source"), max_length=300)
    definition = models.CharField(_("definition"), max_length=500)

    class Meta:
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        ordering = ("year",)
        constraints = (models.UniqueConstraint(fields=("family", "year"), name="one_published_figure"),)

    def __str__(self) -> str:
        return f"{self.year}: {self.participants}/{self.countries}"


class Export(models.Model):
    """A list made in the background, to be fetched by who asked for it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    filters = models.JSONField(default=dict, help_text="The list's filter as in its address.")
    file_format = models.CharField(max_length=4, choices=(("csv", "CSV"), ("xlsx", "XLSX")))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(_("rows written"), default=0)
    file = models.FileField(upload_to=stored_name, storage=private_storage, blank=True)
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return str(self.public_id)
