"""How far a thing is in a language. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.catalogue.texts import Texts


class Gap(models.TextChoices):
    """What a language lacks."""

    MISSING = "missing", _("Missing")
    DRAFT = "draft", _("Not published")
    OUTDATED = "outdated", _("Out of date")


@dataclass(frozen=True, slots=True)
class Version:
    """One page in one language."""

    pk: int
    language: str
    title: str
    live: bool
    published_at: dt.datetime | None


def source_of(versions: Iterable[Version]) -> Version:
    """The version that the others follow: English, else the one published first."""
    by_language = {each.language: each for each in versions}
    return by_language.get("en") or min(
        by_language.values(), key=lambda each: (each.published_at is None, each.published_at or 0, each.pk)
    )


def page_gap(version: Version | None, source: Version) -> Gap | None:
    """What the page lacks in a language; None when it is as new as its source."""
    if version is None:
        return Gap.MISSING
    if not version.live:
        return Gap.DRAFT
    if version.published_at and source.published_at and version.published_at < source.published_at:
        return Gap.OUTDATED
    return None


def texts_gap(texts: Iterable[Texts], language: str) -> Gap | None:
    """Missing when any text that exists in English has none in the language."""
    lacking = any(each.get("en") and not each.get(language) for each in texts)
    return Gap.MISSING if lacking else None


def count(gaps: Iterable[Mapping[str, Gap | None]], languages: Iterable[str]) -> dict[str, dict[str, int]]:
    """How often each gap occurs in each language, with `all` of them, over the rows' gaps by language."""
    counts = {language: {**dict.fromkeys(Gap.values, 0), "all": 0} for language in languages}
    for row in gaps:
        for language, gap in row.items():
            if gap and language in counts:
                counts[language][gap] += 1
                counts[language]["all"] += 1
    return counts
