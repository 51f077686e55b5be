"""Texts that stand on every page or list, editable in six languages."""

import time
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Page

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Show the new words at once in this process, in the others within seconds."""
        super().save(*args, **kwargs)
        forget()


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands on every page: the texts, and by language the contact form's address and the menu.

    The menu holds titles with addresses.
    """

    texts: SiteTexts
    contact: dict[str, str] = field(default_factory=dict)
    menu: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    read_at: float = 0.0


KEEP_SECONDS = 3
_BELOW_HOME = 3
_kept: list[Standing] = []


def standing(request: HttpRequest | None) -> Standing:
    """What stands on every page, at most three seconds old. Three queries every three seconds a process."""
    if not _kept or time.monotonic() - _kept[0].read_at > KEEP_SECONDS:
        texts = SiteTexts.objects.first() or SiteTexts()
        _kept[:] = [Standing(texts, _contact(request), _menu(request), time.monotonic())]
    return _kept[0]


def forget() -> None:
    """Read anew when next asked."""
    _kept.clear()


def _contact(request: HttpRequest | None) -> dict[str, str]:
    """The first contact form of each language."""
    pages = apps.get_model("site_cms", "ContactPage").objects.live().select_related("locale").order_by("path")
    return {page.locale.language_code: page.get_url(request) or "" for page in reversed(pages)}


def _menu(request: HttpRequest | None) -> dict[str, list[tuple[str, str]]]:
    """The pages right below each language's home that its editors show in menus."""
    menu: dict[str, list[tuple[str, str]]] = {}
    shown = Page.objects.live().filter(depth=_BELOW_HOME, show_in_menus=True)
    for page in shown.select_related("locale").order_by("path"):
        menu.setdefault(page.locale.language_code, []).append((page.title, page.get_url(request) or ""))
    return menu
