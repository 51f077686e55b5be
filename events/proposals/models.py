"""Proposed events: what a stranger sent, and what the Secretariat made of it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..catalogue.regions import WorkshopRegion


class Proposal(models.Model):
    """An event of somebody else, proposed for the calendar of a family. Shown once it is accepted."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for moderation")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")

    class Level(models.TextChoices):
        NATIONAL = "national", _("National")
        REGIONAL = "regional", _("Regional")
        GLOBAL = "global", _("Global")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family = models.ForeignKey(
        "events.Family", models.PROTECT, related_name="proposals", verbose_name=_("family")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING, editable=False)
    title = models.CharField(_("title"), max_length=160)
    title_folded = models.CharField(max_length=480, editable=False)
    language = models.CharField(_("language of this text"), max_length=10, choices=settings.LANGUAGES)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    start_date = models.DateField(_("first day"))
    end_date = models.DateField(_("last day"))
    place = models.CharField(_("place"), max_length=160, blank=True)
    country = models.ForeignKey(
        "events.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("country"),
    )
    workshop_region = models.CharField(_("region"), max_length=30, choices=WorkshopRegion, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.NATIONAL)
    link = models.URLField(_("web page"), max_length=300, blank=True)
    proposer_name = models.CharField(_("your name"), max_length=120)
    proposer_email = models.EmailField(_("your e-mail"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    # Proposers' names and addresses: Wagtail would keep copies in its indexes.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("proposed event")
        verbose_name_plural = _("proposed events")
        ordering = ("start_date", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(end_date__gte=models.F("start_date")), name="proposal_ends_after_start"
            ),
        )
        indexes = (models.Index(fields=("family", "state", "start_date"), name="proposal_listed"),)

    def __str__(self) -> str:
        return self.title
