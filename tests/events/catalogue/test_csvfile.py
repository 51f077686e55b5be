import contextlib
import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.catalogue.csvfile import CsvError, read_rows

COLUMNS = ["code", "name"]


@pytest.fixture
def write(tmp_path):
    def write(raw: bytes):
        path = tmp_path / "some.csv"
        path.write_bytes(raw)
        return path

    return write


def complaint(path) -> str:
    with pytest.raises(CsvError) as error:
        read_rows(path, columns=COLUMNS, key="code")
    return str(error.value)


def test_rows_keep_the_line_on_which_they_begin(write):
    path = write('code,name\r\nA,"two\nlines"\r\n\r\nB,  spaced  \r\n'.encode("utf-8-sig"))
    rows = read_rows(path, columns=COLUMNS, key="code")
    assert [(row.line, row["code"], row["name"]) for row in rows] == [
        (2, "A", "two\nlines"),
        (5, "B", "spaced"),
    ]


@pytest.mark.parametrize(
    "raw,said",
    [
        (b"", "some.csv, line 1: the file is empty."),
        (b"code,title\nA,x\n", "some.csv, line 1: the column name is missing."),
        (b"code,name\nA,x\nB\n", "some.csv, line 3: there are 1 cells where the heading has 2."),
        (b"code,name\nA,x,y\n", "some.csv, line 2: there are 3 cells where the heading has 2."),
        (b"code,name\nA,x\n,y\n", "some.csv, line 3: code is empty."),
        (b"code,name\nA,x\nB,y\nA,z\n", "some.csv, line 4: code 'A' is already on line 2."),
        (
            "code,name\nA,x\nB,Curaçao\n".encode("latin-1"),
            "some.csv, line 3: the text is not UTF-8. Save the file as “CSV UTF-8”.",
        ),
    ],
)
def test_complaints_name_file_line_and_reason(write, raw, said):
    assert complaint(write(raw)) == said


def test_an_open_quote_is_a_complaint_about_the_line_where_it_opens(write):
    assert complaint(write(b'code,name\nA,x\nB,"y\nC,z\n')).startswith("some.csv, line 3: the quotes")


def test_a_missing_file_is_a_complaint(tmp_path):
    assert complaint(tmp_path / "none.csv") == (
        "none.csv, line 1: the file cannot be opened (No such file or directory)."
    )


def test_a_value_that_is_not_known_is_a_complaint_with_the_known_ones(write):
    row = read_rows(write(b"code,name\nA,maybe\n"), columns=COLUMNS, key="code")[0]
    with pytest.raises(CsvError, match=r"line 2: name is 'maybe'; it must be one of 'yes', 'no'\."):
        row.one_of("name", {"yes": True, "no": False})


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(categories=["L", "N"]), min_size=1),
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n")),
        ),
        unique_by=lambda row: row[0],
    )
)
def test_what_a_spreadsheet_writes_is_read_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("csv") / "some.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    read = read_rows(path, columns=COLUMNS, key="code")
    assert [(row["code"], row["name"]) for row in read] == [(code, name.strip()) for code, name in rows]


@given(st.binary(max_size=300))
def test_any_bytes_give_rows_or_a_complaint(tmp_path_factory, raw):
    path = tmp_path_factory.mktemp("csv") / "some.csv"
    path.write_bytes(raw)
    with contextlib.suppress(CsvError):
        assert all(row["code"] for row in read_rows(path, columns=COLUMNS, key="code"))
