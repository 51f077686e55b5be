import io
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from events.typed.names import clean_text
from events.typesetting.pdf import typeset, typeset_apart
from events.typesetting.words import words
from tests.events.typesetting.sheet import ticket_of
from tests.reading import pages, text_of


def test_the_document_is_tagged_and_embeds_each_font_once() -> None:
    reader = PdfReader(io.BytesIO(typeset("tickets/ticket.typ", ticket_of("王 Li محمد"))))
    root = reader.trailer["/Root"]
    fonts = [
        font["/DescendantFonts"][0]["/BaseFont"]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    ]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()
    assert len(fonts) == len(set(fonts)) >= 3
    assert all(re.match(r"/[A-Z]{6}\+NotoSans", name) for name in fonts)


def test_a_process_of_its_own_gives_the_same_pages() -> None:
    data = ticket_of("Amina Otieno")

    [here] = pages(typeset("tickets/ticket.typ", data))
    [apart] = pages(typeset_apart("tickets/ticket.typ", lambda: data))

    assert here.tobytes() == apart.tobytes()


def test_a_process_of_its_own_tells_why_it_failed() -> None:
    with pytest.raises(RuntimeError, match="No such file"):
        typeset_apart("tickets/none.typ", dict)


def test_a_process_of_its_own_ends_when_the_data_fail() -> None:
    def fail() -> dict[str, str]:
        raise LookupError("no such person")

    with pytest.raises(LookupError, match="no such person"):
        typeset_apart("tickets/ticket.typ", fail)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=40).map(clean_text).filter(bool))
def test_no_name_that_the_form_accepts_breaks_the_document(name: str) -> None:
    assert typeset("tickets/ticket.typ", ticket_of(name)).startswith(b"%PDF-1.7")


def test_markup_in_a_name_is_printed_as_it_is() -> None:
    name = '#panic("x") $x^2$ \\u{41} *b* _i_ @r <l> //c'

    assert name in text_of(typeset("tickets/ticket.typ", ticket_of(name))).replace("\n", "")


def test_lines_of_arabic_do_not_touch() -> None:
    """Blank rows of pixels part the two lines of a name whose letters all hang deep."""
    data = ticket_of("") | {"name": words("حعحع " * 12, "ar"), "representing": [], "direction": "rtl"}
    [picture] = pages(typeset("tickets/ticket.typ", data), pixels_a_point=4)
    name = picture.convert("L").crop((100, 600, picture.width - 100, 930))
    inked = [min(name.crop((0, y, name.width, y + 1)).tobytes()) < 128 for y in range(name.height)]

    blocks = re.findall("1+", "".join("1" if row else "0" for row in inked))

    assert len(blocks) >= 2
    assert max(map(len, blocks)) - min(map(len, blocks)) <= 2
