"""Texts in six languages in templates: English standing in is marked as English."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from events.catalogue.texts import Texts

register = template.Library()


@register.filter
def text(texts: Texts) -> SafeString:
    """The text in the active language; in English and marked so where that language has none."""
    language = texts.language()
    if language == (get_language() or "en"):
        return format_html("{}", texts.text())
    return format_html('<span lang="en" dir="ltr">{}</span>', texts.text())
