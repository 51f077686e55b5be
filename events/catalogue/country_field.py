"""Countries and territories as a form offers them."""

from collections.abc import Callable
from functools import cache

from django.utils.translation import get_language

from ..typed.fields import CodeField
from .models import Country
from .selectors import countries_by_name, country_by_code


def read_countries(field: CodeField) -> None:
    """Let the field ask the database when it is drawn and when it is cleaned."""
    field.read_from(options=country_options(), find=country_by_code)


def country_options() -> Callable[[], list[tuple[str, Country]]]:
    """Gives code and row of all, by name in the active language: one query, however often it is called."""

    @cache
    def options() -> list[tuple[str, Country]]:
        return [(country.iso2, country) for country in countries_by_name(get_language() or "en")]

    return options
