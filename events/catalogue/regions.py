"""The two regional groupings of the Secretariat. A country has one of each, and staff may change both."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FaoRegion(models.TextChoices):
    """The seven FAO regions (Council election regions) by which the Bureau and the figures are grouped."""

    AFRICA = "africa", _("Africa")
    ASIA = "asia", _("Asia")
    EUROPE = "europe", _("Europe")
    LATIN_AMERICA = "latin-america", _("Latin America and the Caribbean")
    NEAR_EAST = "near-east", _("Near East")
    NORTH_AMERICA = "north-america", _("North America")
    SOUTHWEST_PACIFIC = "southwest-pacific", _("Southwest Pacific")


class WorkshopRegion(models.TextChoices):
    """The seven regions of the yearly IPPC regional workshops."""

    AFRICA = "africa", _("Africa")
    ASIA = "asia", _("Asia")
    CARIBBEAN = "caribbean", _("Caribbean")
    EUROPE_CENTRAL_ASIA = "europe-central-asia", _("Central and Eastern Europe and Central Asia")
    LATIN_AMERICA = "latin-america", _("Latin America")
    NEAR_EAST_NORTH_AFRICA = "near-east-north-africa", _("Near East and North Africa")
    SOUTHWEST_PACIFIC = "southwest-pacific", _("Southwest Pacific")


class Status(models.TextChoices):
    """A country's standing under the Convention."""

    CONTRACTING_PARTY = "CP", _("Contracting party")
    NON_CONTRACTING_PARTY = "NCP", _("Not a contracting party")
    TERRITORY = "T", _("Territory")
    UNCERTAIN = "?", _("Not certain")


class Income(models.TextChoices):
    """World Bank income groups."""

    LOW = "low", _("Low income")
    LOWER_MIDDLE = "lower-middle", _("Lower middle income")
    UPPER_MIDDLE = "upper-middle", _("Upper middle income")
    HIGH = "high", _("High income")
