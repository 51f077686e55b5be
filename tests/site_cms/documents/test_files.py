import contextlib
import zipfile

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from events.files import contents
from events.files.storage import stored_name
from site_cms.documents import files
from site_cms.documents.files import check_upload
from tests.site_cms.files import PDF, archive, office, open_document, upload

HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


@pytest.mark.parametrize(
    "name,content",
    [
        ("agenda.pdf", PDF),
        ("AGENDA.PDF", PDF),
        ("agenda.docx", office("docx")),
        ("table.xlsx", office("xlsx")),
        ("slides.pptx", office("pptx")),
        ("agenda.odt", open_document("odt")),
        ("table.ods", open_document("ods")),
        ("slides.odp", open_document("odp")),
        ("note.txt", "Ordre du jour – جدول الأعمال".encode()),
        ("table.csv", b"\xef\xbb\xbfcountry;number\nKE;3\n"),
    ],
)
def test_documents_are_accepted(name, content):
    check_upload(upload(name, content))


@pytest.mark.parametrize(
    "name",
    ["page.html", "drawing.svg", "run.exe", "agenda.pdf.html", "agenda", ".pdf", "macro.docm", "a.xml"],
)
def test_other_kinds_are_refused_whatever_is_in_them(name):
    with pytest.raises(ValidationError) as refused:
        check_upload(upload(name, PDF))
    assert refused.value.code == "kind"


@pytest.mark.parametrize(
    "name,content",
    [
        ("page.pdf", HTML),
        ("drawing.pdf", SVG),
        ("polyglot.pdf", b"%PDF-1.7\n" + HTML + PDF[9:]),
        ("late.pdf", HTML + PDF),
        ("archive-behind.pdf", PDF + archive({"a.txt": b"a"})),
        ("cut.pdf", PDF[:40]),
        ("empty.pdf", b" "),
        ("word.pdf", office("docx")),
        ("pdf.docx", PDF),
        ("page.docx", HTML),
        ("excel.docx", office("xlsx")),
        ("plain.docx", archive({"a.txt": b"a"})),
        ("before.docx", b"MZ" + office("docx")),
        ("behind.docx", office("docx") + HTML),
        ("macro.docx", office("docx", word__vbaProject_bin=b"x")),
        ("page-inside.docx", office("docx", word__page_html=HTML)),
        ("odt.ods", open_document("odt")),
        ("macro.odt", open_document("odt", Basic__script=b"x")),
        ("page.txt", HTML),
        ("drawing.csv", b"\n\n" + SVG),
        ("binary.txt", b"\xff\xfe\x00\x01"),
        ("nul.txt", b"a\x00b"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(name, content):
    with pytest.raises(ValidationError) as refused:
        check_upload(upload(name, content))
    assert refused.value.code == "content"


def test_a_bomb_is_refused_by_its_directory(monkeypatch):
    monkeypatch.setattr(contents, "MAX_UNPACKED_BYTES", 1_000_000)
    bomb = archive({"[Content_Types].xml": b"", "word/document.xml": b"0" * 1_000_001}, zipfile.ZIP_DEFLATED)
    assert len(bomb) < 3_000
    with pytest.raises(ValidationError) as refused:
        check_upload(upload("bomb.docx", bomb))
    assert refused.value.code == "content"


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", len(PDF) - 1)
    with pytest.raises(ValidationError) as refused:
        check_upload(upload("agenda.pdf", PDF))
    assert refused.value.code == "size"


@given(name=st.sampled_from([*files.CONTENT_TYPES]), content=st.binary(min_size=1, max_size=300))
def test_any_bytes_are_accepted_or_refused_and_nothing_else(name, content):
    with contextlib.suppress(ValidationError):
        check_upload(upload(f"file.{name}", content))


@given(cut=st.integers(0, 400), value=st.integers(0, 255))
def test_a_broken_archive_is_no_fault(cut, value):
    content = bytearray(office("docx"))
    content[cut % len(content)] = value
    with contextlib.suppress(ValidationError):
        check_upload(upload("a.docx", bytes(content)))


def test_the_stored_name_says_nothing():
    one, other = (stored_name(None, "Secret plan.PDF") for _ in range(2))
    assert one != other
    assert one.endswith(".pdf")
    assert len(one) == 32 + 4
