import csv
import io

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from events.delegations.lists import COLUMNS, MOST_BYTES, MOST_ROWS, ListError, lines_of_file, lines_of_text
from events.delegations.template import ROLES, template_csv, template_xlsx
from events.files.workbook import Sheet, workbook
from events.registration.models import Registration

HEADING = ["Role", "Category", "Name", "E-mail address", "Function or job title", "Language"]
PERSON = ["Adviser", "D", "Wanjiku Mwangi", "wanjiku@example.org", "Inspector", "English"]


def xlsx(*rows):
    return workbook([Sheet("People", rows)])


def as_csv(rows, separator=","):
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue()


def cells(lines):
    return [(line.number, list(line.cells.values())) for line in lines]


def test_a_workbook_is_read_with_the_numbers_of_its_rows():
    read = lines_of_file(xlsx(HEADING, [], PERSON, [""] * 6, PERSON[:4]))
    assert cells(read) == [(3, PERSON), (5, [*PERSON[:4], "", ""])]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_is_read_whatever_excel_writes(separator, encoding):
    person = [*PERSON[:2], "Ноль; нет, 王\n秀英", *PERSON[3:]]
    content = as_csv([HEADING, person], separator).encode(encoding)
    if separator == "," or encoding != "utf-8":
        assert cells(lines_of_file(content)) == [(2, [*PERSON[:2], "Ноль; нет, 王 秀英", *PERSON[3:]])]


def test_pasted_cells_need_no_heading():
    assert cells(lines_of_text("\t".join(PERSON) + "\r\n\r\n" + "\t".join(PERSON))) == [
        (1, PERSON),
        (3, PERSON),
    ]


def test_columns_are_found_by_their_names_in_any_order_and_what_is_unknown_is_passed_over():
    rows = [["E-MAIL ADDRESS", "Passport", "name", "Role"], ["a@example.org", "X123", "Amina", "Head"]]
    read = lines_of_text(as_csv(rows))
    assert cells(read) == [(2, ["Head", "", "Amina", "a@example.org", "", ""])]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar", "zh-hans", "ru"])
def test_every_template_is_read_again(language):
    with translation.override(language):
        templates = (template_xlsx([("D", "Delegate"), ("O", "Observer")]), template_csv())
    for template in templates:
        with pytest.raises(ListError, match="only its heading"):
            lines_of_file(template)


def test_the_template_names_the_roles_of_a_registration():
    assert [str(role.label) for role in Registration.DelegationRole] == list(ROLES)


@pytest.mark.parametrize(
    "content, words",
    [
        (b"", "empty"),
        (b"   \r\n ,,, \r\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 8, "old or protected"),
        (b"PK\x03\x04 broken", "cannot be read"),
        ("Rôle,Nom".encode("latin-1"), "letters of this file"),
        (b"\xff\xfeA", "letters of this file"),
        (b"a\0b", "cannot be read"),
        (b"x" * (MOST_BYTES + 1), "larger than 1 MB"),
        (as_csv([["Name", "Role"], ["A", "B"]]).encode(), "no column “E-mail address”"),
        (as_csv([PERSON] * (MOST_ROWS + 1)).encode(), "500 people"),
        (as_csv([PERSON] * 4_000).encode(), "500 people"),
        (b'"' + b"x" * 200_000, "quotation marks"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(content, words):
    with pytest.raises(ListError, match=words):
        lines_of_file(content)


def test_as_many_as_may_be():
    assert len(lines_of_file(xlsx(HEADING, *[PERSON] * MOST_ROWS))) == MOST_ROWS
    with pytest.raises(ListError, match="500 people"):
        lines_of_file(xlsx(HEADING, *[PERSON] * (MOST_ROWS + 1)))


def test_a_long_cell_is_cut_and_still_too_long():
    (line,) = lines_of_text("\t".join([*PERSON[:2], "x" * 100_000, *PERSON[3:]]))
    assert len(line.cells["name"]) == 400


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(content):
    for begin in (b"", b"PK\x03\x04", b"\xff\xfe"):
        try:
            lines = lines_of_file(begin + content)
        except ListError:
            continue
        assert 0 < len(lines) <= MOST_ROWS


@given(st.text(max_size=2_000))
def test_any_text_is_read_or_refused(text):
    try:
        lines = lines_of_text(text)
    except ListError:
        return
    assert all(set(line.cells) == set(COLUMNS) for line in lines)
    assert [line.number for line in lines] == sorted({line.number for line in lines})


_CELL = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=40).filter(
    lambda text: text == " ".join(text.split())
)


@given(st.lists(st.lists(_CELL, min_size=6, max_size=6), min_size=1, max_size=5))
def test_what_is_written_is_read(rows):
    written = [(number, row) for number, row in enumerate(rows, start=2)]
    assert cells(lines_of_text(as_csv([HEADING, *rows], "\t"))) == written
    assert cells(lines_of_file(xlsx(HEADING, *rows))) == written
