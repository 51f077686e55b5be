"""Texts in six languages in templates: English standing in is marked as English."""

from django import template

from events.catalogue.texts import marked

register = template.Library()

register.filter("text", marked)
