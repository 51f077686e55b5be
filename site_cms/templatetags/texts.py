"""Texts in six languages in templates: English standing in is marked as English."""

from django import template
from django.utils.safestring import SafeString

from events.catalogue.texts import Texts, marked

register = template.Library()


@register.filter
def text(texts: Texts) -> SafeString:
    """The text in the active language; in English and marked so where that language has none."""
    return marked(texts)
