"""Texts that stand on every page or list, editable in six languages."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from events.catalogue.texts import TextsField


@register_setting(icon="globe")
class SiteTexts(BaseGenericSetting):
    """The footer's address, the contact and the designations disclaimer."""

    contact = TextsField(_("contact in the footer"), max_length=300, blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    designations = TextsField(
        _("designations disclaimer"),
        max_length=900,
        blank=True,
        help_text=_("Below every list of countries, report and map. Empty means the standard words of FAO."),
    )

    panels: ClassVar[list[Any]] = [
        FieldPanel("contact"),
        FieldPanel("contact_email"),
        FieldPanel("designations"),
    ]

    class Meta:
        verbose_name = _("texts of the site")
