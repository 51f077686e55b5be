"""Whatever is typed is either taken, cleaned, or refused in words."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from events.catalogue.texts import LANGUAGES, LongTextsFormField, Texts
from events.mailing.forms import checked, lines
from events.mailing.placeholders import NAMES, wrong_in
from events.typed.paragraphs import clean_paragraphs


@given(st.lists(st.text(max_size=60), min_size=6, max_size=6))
def test_long_texts_are_cleaned_and_english_is_needed(typed: list[str]) -> None:
    field = LongTextsFormField(max_length=50)
    try:
        texts = field.clean(typed)
    except ValidationError:
        texts = None
    refused = not clean_paragraphs(typed[0]) or any(len(clean_paragraphs(text)) > 50 for text in typed)
    assert (texts is None) is refused
    if texts is None:
        return
    assert texts == {
        code: clean_paragraphs(text)
        for code, text in zip(LANGUAGES, typed, strict=True)
        if clean_paragraphs(text)
    }
    assert "en" in texts


def test_long_texts_need_not_be_given() -> None:
    assert LongTextsFormField(max_length=50, required=False).clean([""] * 6) == {}


@given(st.dictionaries(st.sampled_from(sorted(LANGUAGES)), st.text(max_size=40)))
def test_texts_are_taken_unless_something_wrong_is_in_braces(typed: dict[str, str]) -> None:
    is_wrong = any(wrong_in(text) for text in typed.values())
    try:
        assert checked(Texts(typed), NAMES) == typed
    except ValidationError:
        assert is_wrong
    else:
        assert not is_wrong


@given(st.dictionaries(st.sampled_from(sorted(LANGUAGES)), st.text(max_size=40)))
def test_a_subject_is_one_line(typed: dict[str, str]) -> None:
    for text in lines(Texts(typed)).values():
        assert text == text.strip()
        assert not set(text) & set("\r\n\x00\u202e\u2028")


def test_what_is_wrong_is_named_with_its_language() -> None:
    with pytest.raises(ValidationError, match=r"Français: \{nom\}; Русский: \{"):
        checked(Texts({"en": "{name}", "fr": "{nom}", "ru": "{name"}), NAMES)
