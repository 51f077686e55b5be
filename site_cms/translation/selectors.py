"""What is untranslated or out of date, as far as the user may edit it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.models import Page, get_page_models
from wagtail.permissions import policy_registry

from events.catalogue.models import Category, Event, Family
from events.catalogue.texts import LANGUAGES, Texts, TextsField
from events.programme.models import Session

from ..editing.policies import User
from ..editing.reach import page_policy
from .gaps import Gap, Version, page_gap, source_of, texts_gap

OTHERS = tuple(code for code in LANGUAGES if code != "en")
PAGES, TEXTS = "pages", "texts"

# Where the date of the row's event stands; a family belongs to no date.
_LAST_DAY = {Event: "end_date", Category: "event__end_date", Session: "event__end_date", Family: None}


@dataclass(frozen=True, slots=True)
class Cell:
    """One language of a row: what it lacks, and where to mend it."""

    language: str
    gap: Gap | None
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One page, or one row of the catalogue with its short texts."""

    kind: str
    what: str
    title: str
    url: str
    cells: tuple[Cell, ...]

    @property
    def gaps(self) -> dict[str, Gap | None]:
        """What each language lacks."""
        return {cell.language: cell.gap for cell in self.cells}


def pages(user: User) -> list[Row]:
    """Every page that the user may edit, in the order of the tree; one query besides the rights."""
    reach = page_policy().instances_user_has_permission_for(user, "change").filter(depth__gt=1)
    columns = ("pk", "locale__language_code", "draft_title", "live", "last_published_at")
    groups: dict[Any, list[Version]] = {}
    kinds: dict[Any, str] = {}
    for key, kind, *values in reach.order_by("path").values_list(
        "translation_key", "content_type__model", *columns
    ):
        groups.setdefault(key, []).append(Version(*values))
        kinds[key] = kind
    names = _type_names()
    return [_page_row(names.get(kinds[key], ""), versions) for key, versions in groups.items()]


def _type_names() -> dict[str, str]:
    return {
        model._meta.model_name: capfirst(str(model._meta.verbose_name))  # noqa: SLF001 - Django's documented name
        for model in get_page_models()
    }


def _page_row(what: str, versions: list[Version]) -> Row:
    source = source_of(versions)
    by_language = {each.language: each for each in versions}
    cells = tuple(_page_cell(language, by_language.get(language), source) for language in OTHERS)
    return Row(PAGES, what, source.title, _edit(source), cells)


def _page_cell(language: str, version: Version | None, source: Version) -> Cell:
    gap = page_gap(version, source)
    if version is not None:
        return Cell(language, gap, _edit(version))
    submit = reverse("wagtail_localize:submit_page_translation", args=(source.pk,))
    return Cell(language, gap, f"{submit}?select_locale={language}")


def _edit(version: Version) -> str:
    return reverse("wagtailadmin_pages:edit", args=(version.pk,))


def texts(user: User, *, since: dt.date | None = None) -> list[Row]:
    """The families, events, categories and sessions that the user may change; one query for each kind.

    `since` leaves out what belongs to events that were over before that day.
    """
    return [row for model in _LAST_DAY for row in _texts_of(model, user, since)]


def _texts_of(model: type[Model], user: User, since: dt.date | None) -> Iterable[Row]:
    rows: QuerySet[Any] = policy_registry.get_by_type(model).instances_user_has_permission_for(user, "change")
    last_day = _LAST_DAY[model]
    if since and last_day:
        rows = rows.filter(**{f"{last_day}__gte": since})
    meta = model._meta  # noqa: SLF001 - Django's documented name
    names = [field.name for field in meta.get_fields() if isinstance(field, TextsField)]
    for pk, *values in rows.values_list("pk", *names):
        url = reverse(f"{meta.model_name}:edit", args=(pk,))
        yield _texts_row(capfirst(str(meta.verbose_name)), url, values)


def _texts_row(what: str, url: str, values: list[Texts]) -> Row:
    title = next((each.text() for each in values if each), "")
    return Row(TEXTS, what, title, url, tuple(Cell(code, texts_gap(values, code), url) for code in OTHERS))


def english_of(page: Page) -> Page | None:
    """The English page that this one translates."""
    return page.get_translations().filter(locale__language_code="en").first()
