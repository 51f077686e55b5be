"""Finds the words to translate in the templates, for Babel."""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize


def extract(
    template: BinaryIO, keywords: dict[str, Any], comment_tags: list[str], options: Any
) -> Iterator[Any]:
    """Yield Babel's (line, function, words, comments) of a template.

    Django writes a template as gettext calls amid blanked-out text. Brackets around it make Python's
    tokenizer indifferent to the indentation of that text.
    """
    calls = "(" + templatize(template.read().decode()) + "\n)"
    return extract_python(io.BytesIO(calls.encode()), keywords, comment_tags, options)
