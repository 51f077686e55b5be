"""Checkpoints, their gates, devices, scans and admissions."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .verdicts import Verdict


class Checkpoint(models.Model):
    """Where a person is admitted once: the event's entrance, or one session."""

    event = models.ForeignKey(
        "events.Event", models.CASCADE, related_name="checkpoints", verbose_name=_("event")
    )
    session = models.ForeignKey(
        "events.Session",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="checkpoints",
        verbose_name=_("session"),
    )
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        ordering = ("event", "name")
        constraints = (models.UniqueConstraint(fields=("event", "name"), name="one_checkpoint_name"),)

    def __str__(self) -> str:
        return self.name


class Gate(models.Model):
    """One door of a checkpoint."""

    checkpoint = models.ForeignKey(
        Checkpoint, models.CASCADE, related_name="gates", verbose_name=_("checkpoint")
    )
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("gate")
        verbose_name_plural = _("gates")
        ordering = ("checkpoint", "name")
        constraints = (models.UniqueConstraint(fields=("checkpoint", "name"), name="one_gate_name"),)

    def __str__(self) -> str:
        return self.name


class Device(models.Model):
    """A phone or computer that may scan at the gates of one event until it is switched off."""

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="devices", verbose_name=_("event"))
    label = models.CharField(_("label"), max_length=80)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="devices"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering = ("event", "label")

    def __str__(self) -> str:
        return self.label


class Scan(models.Model):
    """One reading of a code at a gate, whatever came of it. Never changed, never deleted."""

    id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, help_text="Made by the client: the same scan once."
    )
    gate = models.ForeignKey(Gate, models.PROTECT, related_name="scans")
    registration = models.ForeignKey("events.Registration", models.PROTECT, null=True, related_name="scans")
    verdict = models.CharField(max_length=20, choices=Verdict)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    device = models.ForeignKey(Device, models.SET_NULL, null=True, related_name="scans")
    scanned_at = models.DateTimeField(help_text="By the client's clock.")
    received_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ("-received_at",)

    def __str__(self) -> str:
        return f"{self.verdict} {self.received_at:%Y-%m-%d %H:%M}"


class Admission(models.Model):
    """The first time a person passed a checkpoint. The database allows one."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="admissions")
    registration = models.ForeignKey("events.Registration", models.PROTECT, related_name="admissions")
    scan = models.OneToOneField(Scan, models.PROTECT, related_name="admission")
    at = models.DateTimeField(db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("admission")
        verbose_name_plural = _("admissions")
        constraints = (models.UniqueConstraint(fields=("checkpoint", "registration"), name="admitted_once"),)

    def __str__(self) -> str:
        return f"{self.registration} {self.at:%Y-%m-%d %H:%M}"
