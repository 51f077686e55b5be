import datetime as dt

import pytest

from events.catalogue.texts import Texts
from site_cms.translation.gaps import Gap, Version, count, page_gap, source_of, texts_gap

NOON = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)


def version(language: str, *, live: bool = True, hours: int | None = 0) -> Version:
    published = None if hours is None else NOON + dt.timedelta(hours=hours)
    return Version(1, language, "Title", live, published)


@pytest.mark.parametrize(
    ("translation", "gap"),
    [
        (None, Gap.MISSING),
        (version("fr", live=False), Gap.DRAFT),
        (version("fr", hours=-1), Gap.OUTDATED),
        (version("fr", hours=0), None),
        (version("fr", hours=1), None),
        (version("fr", hours=None), None),
    ],
)
def test_what_a_page_lacks(translation: Version | None, gap: Gap | None) -> None:
    assert page_gap(translation, version("en")) == gap


def test_the_source_is_english_else_what_was_published_first() -> None:
    assert source_of([version("fr", hours=-5), version("en")]).language == "en"
    assert (
        source_of([version("fr", hours=None), version("ar", hours=2), version("es", hours=1)]).language
        == "es"
    )


@pytest.mark.parametrize(
    ("texts", "gap"),
    [
        ([Texts(en="A", fr="B")], None),
        ([Texts(en="A")], Gap.MISSING),
        ([Texts(en="A", fr="B"), Texts(en="C")], Gap.MISSING),
        ([Texts(), Texts(fr="B")], None),
        ([], None),
    ],
)
def test_what_short_texts_lack(texts: list[Texts], gap: Gap | None) -> None:
    assert texts_gap(texts, "fr") == gap


def test_counts_by_language() -> None:
    rows = [{"fr": Gap.MISSING, "ar": None}, {"fr": Gap.DRAFT, "ar": Gap.MISSING, "en": Gap.MISSING}]
    assert count(rows, ["fr", "ar"]) == {
        "fr": {"missing": 1, "draft": 1, "outdated": 0, "all": 2},
        "ar": {"missing": 1, "draft": 0, "outdated": 0, "all": 1},
    }
