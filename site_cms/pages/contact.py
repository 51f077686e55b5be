"""The contact form, built by editors."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField
from wagtail.fields import StreamField
from wagtail.models import Page

from .blocks import BODY_BLOCKS


class ContactField(AbstractFormField):
    """One question of a contact form."""

    page = ParentalKey("site_cms.ContactPage", on_delete=models.CASCADE, related_name="form_fields")


class ContactPage(AbstractForm):
    """A form whose answers are kept for staff and mailed to the Secretariat."""

    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("text"))
    to = models.EmailField(_("mail the answers to"), blank=True)
    thanks = models.CharField(_("words after sending"), max_length=300, blank=True)

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("body"),
        InlinePanel("form_fields", label=_("Question")),
        FieldPanel("to"),
        FieldPanel("thanks"),
    ]
    parent_page_types: ClassVar[list[str]] = ["site_cms.HomePage", "site_cms.StandardPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "site_cms/pages/contact_page.html"
    landing_page_template = "site_cms/pages/contact_page_sent.html"

    class Meta:
        verbose_name = _("contact form")
