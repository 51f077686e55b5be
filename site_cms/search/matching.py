"""Finding words in texts of every script. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

LONGEST_QUERY = 200
MOST_WORDS = 8
LONGEST_EXCERPT = 220

# Accents, Arabic vowel signs and lengthening, joiners and marks of direction.
_PASSED_OVER = re.compile(
    "[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069]"
)
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!?؟])\s+|(?<=[。！？])|\n+")
# Scripts that begin words after a blank, or after a sign of another script as in 于2018年.
_SPACED = "0-9a-z\u0370-\u03ff\u0400-\u04ff"
_IS_SPACED = re.compile(f"[{_SPACED}]")


@dataclass(frozen=True, slots=True)
class Found:
    """Something that can be found.

    `kind` is event, page, document or session; `language` is that of its title; `facts` stand below the
    title; `also` is found and not shown.
    """

    kind: str
    title: str
    url: str
    language: str
    text: str = ""
    facts: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


class Hit(NamedTuple):
    """A thing found, with the sentence that tells why."""

    found: Found
    excerpt: str


def fold(text: str) -> str:
    """`text` without what readers leave out when they type: letter case, accents, vowel signs, widths."""
    return _PASSED_OVER.sub("", unicodedata.normalize("NFKD", text)).casefold()


def terms(query: str) -> list[re.Pattern[str]]:
    """What is looked for: each word at the beginning of a word, or anywhere in scripts without blanks.

    Arabic joins its article and its prepositions to the word, so that it is looked for anywhere as well.
    """
    words = dict.fromkeys(_WORD.findall(fold(query[:LONGEST_QUERY])))
    return [re.compile(_beginning(word) + re.escape(word)) for word in list(words)[:MOST_WORDS]]


def _beginning(word: str) -> str:
    return f"(?<![{_SPACED}])" if _IS_SPACED.match(word) else ""


def best(things: list[Found], query: str) -> list[Hit]:
    """The things with every word of the query; those with the words in their title come first."""
    wanted = terms(query)
    if not wanted:
        return []
    scored = [(score, thing) for thing in things if (score := _score(thing, wanted))]
    scored.sort(key=lambda pair: -pair[0])
    return [Hit(thing, _excerpt(thing, wanted)) for _score_of, thing in scored]


def _score(thing: Found, wanted: list[re.Pattern[str]]) -> int:
    """10 for each word in the title, 1 for each elsewhere; 0 when one is in neither."""
    title, rest = fold(thing.title), fold("\n".join((thing.text, *thing.facts, *thing.also)))
    scores = [10 if term.search(title) else 1 if term.search(rest) else 0 for term in wanted]
    return sum(scores) if all(scores) else 0


def _excerpt(thing: Found, wanted: list[re.Pattern[str]]) -> str:
    """The first sentence with one of the words, else the first."""
    sentences = [part.strip() for part in _SENTENCE.split(thing.text) if part.strip()]
    telling = (part for part in sentences if any(term.search(fold(part)) for term in wanted))
    sentence = next(telling, sentences[0] if sentences else "")
    return sentence if len(sentence) <= LONGEST_EXCERPT else sentence[: LONGEST_EXCERPT - 1].rstrip() + "…"
