"""The texts and facts of the demonstration: TOML files in the folder `content`, next to this module."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "content"


@cache
def content(name: str) -> dict[str, Any]:
    """What `content/<name>.toml` says. It is shared by all callers: do not change it."""
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
