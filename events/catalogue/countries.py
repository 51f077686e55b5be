"""Countries, territories and the European Union as registration and the figures know them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .regions import FaoRegion, Income, Status, WorkshopRegion
from .texts import TextsField


class Country(models.Model):
    """A country, territory or member organization; names are the UN's in six languages (UNTERM)."""

    iso2 = models.CharField("ISO 3166-1 alpha-2", max_length=2, unique=True)
    iso3 = models.CharField("ISO 3166-1 alpha-3", max_length=3, blank=True)
    m49 = models.CharField("UN M49", max_length=3, blank=True)
    name = TextsField(_("name"), max_length=120)
    formal_name = models.CharField(_("formal name in English"), max_length=200, blank=True)
    fao_region = models.CharField(
        _("FAO region"), max_length=20, choices=FaoRegion, blank=True, db_index=True
    )
    workshop_region = models.CharField(
        _("workshop region"), max_length=30, choices=WorkshopRegion, blank=True, db_index=True
    )
    income = models.CharField(_("income group"), max_length=15, choices=Income, blank=True)
    ldc = models.BooleanField(_("least developed country"), default=False)
    lldc = models.BooleanField(_("landlocked developing country"), default=False)
    sids = models.BooleanField(_("small island developing State"), default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("country or territory")
        verbose_name_plural = _("countries and territories")
        ordering = ("iso2",)

    def __str__(self) -> str:
        return str(self.name)


class PartyStatus(models.Model):
    """The standing of a country under the Convention from a date on, with the basis of that knowledge."""

    country = models.ForeignKey(Country, models.CASCADE, related_name="statuses")
    status = models.CharField(_("status"), max_length=3, choices=Status)
    since = models.DateField(_("from this date"))
    basis = models.CharField(_("basis"), max_length=300, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("status under the Convention")
        verbose_name_plural = _("statuses under the Convention")
        ordering = ("country", "since")
        constraints = (models.UniqueConstraint(fields=("country", "since"), name="one_status_a_day"),)

    def __str__(self) -> str:
        return f"{self.country} {self.status} {self.since:%Y-%m-%d}"


class Rppo(models.Model):
    """A regional plant protection organization (ten are recognized under Article IX)."""

    acronym = models.CharField(_("acronym"), max_length=20, unique=True)
    name = TextsField(_("name"), max_length=160)
    area = models.CharField(_("area"), max_length=120, blank=True)
    seat = models.CharField(_("seat"), max_length=120, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("regional plant protection organization")
        verbose_name_plural = _("regional plant protection organizations")
        ordering = ("acronym",)

    def __str__(self) -> str:
        return f"{self.acronym} – {self.name}"
