"""What page types have in common: a text of blocks, an image."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from .base import SitePage
from .blocks import BODY_BLOCKS
from .body import BodyField


class TextPage(SitePage, Page):
    """A page with a text."""

    body = BodyField(BODY_BLOCKS, blank=True, verbose_name=_("text"))

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("body")]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True


class IllustratedPage(TextPage):
    """A page with a text and an image."""

    image = models.ForeignKey(
        "site_cms.SiteImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )

    class Meta:
        abstract = True
