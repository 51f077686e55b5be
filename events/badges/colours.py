"""Ink on a category's colour, by the contrast of WCAG 2.2 (relative luminance)."""

BLACK = "#000000"
WHITE = "#FFFFFF"


def ink_on(colour: str) -> str:
    """Black or white, whichever stands out more on `colour` (such as #1B6E3C)."""
    luminance = _luminance(colour)
    on_white, on_black = 1.05 / (luminance + 0.05), (luminance + 0.05) / 0.05
    return WHITE if on_white >= on_black else BLACK


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    linear: float = part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
    return linear
