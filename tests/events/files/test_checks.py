import contextlib
import io

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from events.files import checks
from events.files.checks import ACCEPTED, check_file
from tests.site_cms.files import PDF, office, upload


def drawn(kind: str) -> bytes:
    body = io.BytesIO()
    Image.new("RGB", (30, 30), "green").save(body, kind)
    return body.getvalue()


JPEG, PNG = drawn("JPEG"), drawn("PNG")


@pytest.mark.parametrize(
    "name, content",
    [("a.pdf", PDF), ("a.docx", office("docx")), ("a.JPG", JPEG), ("a.jpeg", JPEG), ("a.png", PNG)],
)
def test_files_of_the_accepted_kinds_are_accepted(name, content):
    file = upload(name, content)
    check_file(file)
    assert file.tell() == 0


@pytest.mark.parametrize("name", ["a.xlsx", "a.svg", "a.html", "a.gif", "a.heic", "a.docm", "a", ".jpg"])
def test_other_kinds_are_refused(name):
    with pytest.raises(ValidationError) as refused:
        check_file(upload(name, JPEG))
    assert refused.value.code == "kind"


@pytest.mark.parametrize(
    "name, content",
    [
        ("renamed.png", JPEG),
        ("renamed.jpg", PNG),
        ("page.jpg", b"<html>"),
        ("cut.png", PNG[:-12]),
        ("behind.png", PNG + b"<script>"),
        ("cut.jpg", JPEG[:100]),
        ("empty.png", b"-"),
        ("archive-behind.jpg", JPEG + office("docx") * 3),
    ],
)
def test_a_picture_that_is_not_what_it_says_is_refused(name, content):
    with pytest.raises(ValidationError) as refused:
        check_file(upload(name, content))
    assert refused.value.code == "content"


def test_ten_megabytes_are_the_limit():
    assert checks.MAX_BYTES == 10 * 1024 * 1024
    check_file(upload("a.pdf", PDF), most=len(PDF))
    with pytest.raises(ValidationError) as refused:
        check_file(upload("a.pdf", PDF), most=len(PDF) - 1)
    assert refused.value.code == "size"


@given(kind=st.sampled_from(ACCEPTED), content=st.binary(min_size=1, max_size=300))
def test_any_bytes_are_accepted_or_refused_and_nothing_else(kind, content):
    with contextlib.suppress(ValidationError):
        check_file(upload(f"file.{kind}", content))
