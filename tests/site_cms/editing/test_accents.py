"""An editor chooses a family's colour from a palette; every colour of it is legible, light and dark."""

import re
from pathlib import Path

import pytest

from events.catalogue.models import Family

TOKENS = (Path(__file__).parents[3] / "static" / "css" / "tokens.css").read_text()
LIGHT, _, DARK = TOKENS.partition("@media (prefers-color-scheme: dark)")
ACCENTS = Family.Accent.values


def colours(css: str, selector: str) -> dict[str, str]:
    """The colours that the rules for a selector set."""
    found: dict[str, str] = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        if selector in [each.strip().split("\n")[-1].strip() for each in selectors.split(",")]:
            found |= dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{6})", body))
    return found


def palette(accent: str, *, dark: bool) -> dict[str, str]:
    scheme = colours(LIGHT, ":root") | colours(LIGHT, f".accent-{accent}")
    return scheme | colours(DARK, ":root") | colours(DARK, f".accent-{accent}") if dark else scheme


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, 1.4.3."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_each_accent_to_choose_has_its_colours() -> None:
    in_css = set(re.findall(r"^\.accent-([a-z]+)", LIGHT, re.MULTILINE))
    assert in_css == set(ACCENTS)
    assert len({palette(accent, dark=False)["--accent"] for accent in ACCENTS}) == len(ACCENTS)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("accent", ACCENTS)
def test_each_accent_is_legible(accent: str, *, dark: bool) -> None:
    given = palette(accent, dark=dark)
    pairs = {
        "a link on the page": ("--accent", "--paper"),
        "a link on a wash": ("--accent", "--wash"),
        "a link on the accent's wash": ("--accent", "--accent-wash"),
        "text on a button": ("--accent-ink", "--accent"),
        "text on the accent's wash": ("--ink", "--accent-wash"),
        "soft text on the accent's wash": ("--ink-soft", "--accent-wash"),
    }
    low = {name: contrast(given[one], given[other]) for name, (one, other) in pairs.items()}
    low["white on a coloured head"] = contrast("#ffffff", given["--accent-deep"])
    assert {name: round(ratio, 2) for name, ratio in low.items() if ratio < 4.5} == {}
