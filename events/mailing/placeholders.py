"""What stands in braces in a text to many, and what it becomes for one person. Pure."""

import re
from collections.abc import Collection, Mapping

NAMES = ("name", "reference", "event", "link")
IN_SUBJECTS = ("name", "reference", "event")
"""A subject is shown on locked screens and in logs of mail servers: never the personal link."""
OF_NOBODY = ("event", "link")
"""For somebody who has not registered yet."""

_KNOWN = re.compile(r"\{(\w+)\}")
_BRACES = re.compile(r"\{[^{}\n]*\}|[{}]")


def wrong_in(text: str, allowed: Collection[str] = NAMES) -> list[str]:
    """What is in braces and not `allowed`, and each brace alone, in order and once."""
    rest = _KNOWN.sub(lambda found: "\n" if found[1] in allowed else found[0], text)
    return list(dict.fromkeys(_BRACES.findall(rest)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """`text` with the placeholders that have a value replaced, once: a value is never read again."""
    return _KNOWN.sub(lambda found: values.get(found[1], found[0]), text)


def paragraphs(text: str) -> list[str]:
    """The parts between empty lines; a line end inside of one stays."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
