"""Documents in templates: what a participant may open, and what a file is."""

from typing import Any

from django import template

from events.catalogue.texts import LANGUAGES, RIGHT_TO_LEFT
from events.files.storage import extension
from events.registration.models import Registration

from ..documents import selectors

register = template.Library()


@register.simple_tag
def documents_for(registration: Registration) -> list[Any]:
    """What this participant may open of the event's documents."""
    return selectors.listing_for(registration)


@register.filter
def file_kind(document: Any) -> str:
    """The kind of the file as people know it, such as PDF."""
    return extension(document.file.name).upper()


@register.filter
def own_name(code: str) -> str:
    """The language's own name."""
    return LANGUAGES.get(code, code)


@register.filter
def direction(code: str) -> str:
    """In which direction the language is written."""
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"
