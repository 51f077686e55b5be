"""Typesetting with typst: a template of ours and data as JSON, never spliced into markup, to a PDF.

`python -m events.typesetting.pdf TEMPLATE` does it for the JSON on standard input.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from .fonts import FAMILIES, font_files
from .packing import packed

if TYPE_CHECKING:
    import typst

EVENTS = Path(__file__).resolve().parents[1]
# A compiler works on one document at a time.
_one_at_a_time = Lock()


def typeset(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF (PDF/UA-1, ISO 14289-1) of a template below `events/` with `data` as `sys.inputs.data`."""
    return _typeset(template, _as_json(data))


def picture(template: str, data: Mapping[str, Any]) -> bytes:
    """The PNG of a template's one page, a pixel for each point, with `data` as `sys.inputs.data`."""
    with _one_at_a_time:
        png = _compiler().compile(
            EVENTS / template, format="png", ppi=72.0, sys_inputs={"data": _as_json(data)}
        )
    return cast("bytes", png)


def typeset_apart(template: str, make_data: Callable[[], Mapping[str, Any]]) -> bytes:
    """The same in a process of its own, for hundreds of pages; it starts while `make_data` makes the data.

    In this process their memory (150 MB for 500 badges) would stay for the next ten documents.
    Raises `RuntimeError` with typst's words when the template fails.
    """
    with subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", __name__, template],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=EVENTS.parent,
        env={**os.environ, "RAYON_NUM_THREADS": "1"},  # as fast, with a third less memory
    ) as process:
        pdf, trouble = process.communicate(_as_json(make_data()).encode())
    if process.returncode:
        raise RuntimeError(trouble.decode(errors="replace"))
    return pdf


def _as_json(data: Mapping[str, Any]) -> str:
    return json.dumps({**data, "families": list(FAMILIES)}, ensure_ascii=False)


def _typeset(template: str, data: str) -> bytes:
    with _one_at_a_time:
        pdf = _compiler().compile(
            EVENTS / template, format="pdf", pdf_standards="ua-1", sys_inputs={"data": data}
        )
    return packed(cast("bytes", pdf))


@cache
def _compiler() -> "typst.Compiler":
    """One compiler a process: opening the fonts costs more than a ticket."""
    import typst

    folders = sorted({str(path.parent) for path in font_files()})
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    return typst.Compiler(root=EVENTS, font_paths=fonts, ignore_system_fonts=True)


if __name__ == "__main__":
    _compiler()
    sys.stdout.buffer.write(_typeset(sys.argv[1], sys.stdin.buffer.read().decode()))
