"""People of every script and of names that try to break a badge."""

import itertools
from collections.abc import Iterator
from typing import Any

from events.catalogue.models import Event
from events.registration.models import Registration
from events.typed.names import clean_text
from tests.factories import make_category, make_country, make_registration

UNITED_KINGDOM = {
    "en": "United Kingdom of Great Britain and Northern Ireland",
    "ru": "Соединенное Королевство Великобритании и Северной Ирландии",
    "ar": "المملكة المتحدة لبريطانيا العظمى وأيرلندا الشمالية",
    "zh-hans": "大不列颠及北爱尔兰联合王国",
}

NAMES = (
    ("Amina Wanjiru Otieno", "en"),
    ("محمد عبد الرحمن بن إبراهيم الغامدي", "ar"),
    ("王小明", "zh-hans"),
    ("Александра Владимировна Константинопольская", "ru"),
    ("Nguyễn Thị Phương Thảo", "en"),
    ("สมชาย ใจดี", "fr"),
    ("राजेश कुमार शर्मा", "en"),
)

HOSTILE = (
    '#panic("badge") #import "x"',
    "$x^2$ \\u{41} \\\\",
    "\"double\" 'single' `raw`",
    "*b* _i_ @r <l> // c /* d",
    "= Heading - list + enum",
    "Zoë 😀 ገብረ",
    "a" + "\u0301" * 119,
    "W" * 120,
    "ر" * 120,
    "王" * 120,
    "</svg><script>alert(1)</script>",
    "%PDF-1.7 endobj endstream",
    "مختلط Mixed 王 123",
)


def people(event: Event, number: int) -> list[Registration]:
    """`number` confirmed registrations in two categories; every third has a hostile name."""
    country = make_country("GB", UNITED_KINGDOM["en"])
    country.name = UNITED_KINGDOM
    country.save()
    categories = [make_category(event, letter, label={"en": f"Category {letter}"}) for letter in "DO"]
    return [
        make_registration(event, categories[at % 2], country=country, **answers)
        for at, answers in zip(range(number), _answers(), strict=False)
    ]


def _answers() -> Iterator[dict[str, Any]]:
    for at in itertools.count():
        name, language = NAMES[at % len(NAMES)]
        if at % 3 == 2:
            name = clean_text(HOSTILE[at // 3 % len(HOSTILE)])
        yield {
            "name": name[:120],
            "language": language,
            "representing": "country" if at % 5 else "organization",
            "organization": "Inter-American Institute for Cooperation on Agriculture " * 2
            if at % 4 == 0
            else "",
        }
