import pytest
from django.utils.translation import override

from events.catalogue.texts import Texts
from events.catalogue.texts import marked as text

TITLE = Texts(en="Plants & people", ar="النباتات")


@pytest.mark.parametrize(
    "language,expected",
    [
        ("en", "Plants &amp; people"),
        ("ar", "النباتات"),
        ("fr", '<span lang="en" dir="ltr">Plants &amp; people</span>'),
    ],
)
def test_english_standing_in_is_marked(language, expected):
    with override(language):
        assert text(TITLE) == expected
