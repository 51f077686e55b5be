"""The fonts on paper: Noto, one file a script, from Python packages (sizes in docs/adr/)."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from .cmap import Coverage, coverage

FAMILIES = {
    "Noto Sans": ("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf"),
    "Noto Sans Arabic": ("fontpkg_noto_sans_arabic", "files/NotoSansArabic[wdth,wght].ttf"),
    "Noto Sans CJK SC": ("noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc"),
    "Noto Sans Devanagari": ("fontpkg_noto_sans_devanagari", "files/NotoSansDevanagari[wdth,wght].ttf"),
    "Noto Sans Thai": ("fontpkg_noto_sans_thai", "files/NotoSansThai[wdth,wght].ttf"),
    "Noto Sans Khmer": ("fontpkg_noto_sans_khmer", "files/NotoSansKhmer[wdth,wght].ttf"),
    "Noto Sans Tamil": ("fontpkg_noto_sans_tamil", "files/NotoSansTamil[wdth,wght].ttf"),
    "Noto Sans Telugu": ("fontpkg_noto_sans_telugu", "files/NotoSansTelugu[wdth,wght].ttf"),
}
"""Each family's file by package, in the order in which a character's glyph is looked for."""


def font_files() -> list[Path]:
    """The font files, in the order of `FAMILIES`."""
    return [Path(str(files(package))) / name for package, name in FAMILIES.values()]


@cache
def coverages() -> tuple[Coverage, ...]:
    """The characters of each family, read once a process."""
    return tuple(coverage(path) for path in font_files())
