import io
import zipfile

import pytest

from events.files.workbook import MacrosError, Sheet, UnreadableError, rows_in, workbook

PART = "xl/worksheets/sheet1.xml"


def changed(content, parts):
    """The archive with these parts in place of its own, or beside them."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *parts}:
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return file.getvalue()


def read(content):
    rows = rows_in(content, most=10, columns=5)
    return [row[: 1 + max((n for n, cell in enumerate(row) if cell), default=4)] for row in rows]


@pytest.fixture
def book():
    return workbook(
        [Sheet("People", [["Name", "Age"], ["=1+1", "+39"]], (10, 20), frozenset({0}), "A2", {0: ["a"]})]
    )


def test_what_is_written_is_read_as_text(book):
    assert read(book) == [["Name", "Age"], ["=1+1", "+39"]]


def test_formulas_come_as_they_were_typed_and_numbers_as_people_read_them(book):
    formula = '<c r="A1"><f>HYPERLINK("http://x")</f><v>hello</v></c>'
    cells = f'{formula}<c r="B1"><v>12</v></c><c r="C1"><v>1.5</v></c>'
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    )
    assert read(changed(book, {PART: sheet})) == [['=HYPERLINK("http://x")', "12", "1.5"]]


def test_macros_are_refused(book):
    with pytest.raises(MacrosError):
        read(changed(book, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}))


@pytest.mark.parametrize(
    "parts",
    [
        {PART: "<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>"},
        {PART: "<!doctype x><worksheet/>".encode("utf-16")},
        {"xl/bomb.xml": b"0" * 13_000_000},
        {f"xl/{number}.xml": b"" for number in range(201)},
        {PART: "<worksheet"},
        {"xl/workbook.xml": b"<workbook/>"},
        {"[Content_Types].xml": b"no"},
    ],
    ids=["entities", "entities in UTF-16", "bomb", "many parts", "cut", "no sheets", "no types"],
)
def test_what_is_broken_or_swells_is_refused(book, parts):
    with pytest.raises(UnreadableError):
        read(changed(book, parts))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(UnreadableError):
        read(content)


def test_a_far_row_costs_nothing(book):
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>'
        "</sheetData></worksheet>"
    )
    assert all(not any(row) for row in read(changed(book, {PART: sheet})))


def test_only_so_many_rows_and_columns_are_read(book):
    many = workbook([Sheet("Many", ([str(n)] * 50 for n in range(1_000)))])
    rows = read(many)
    assert (len(rows), len(rows[0])) == (10, 5)
