import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_cms.editing.checks import check, is_empty


def found(html: str) -> list[tuple[str, bool]]:
    return [(finding.words.split(".")[0], finding.refuses) for finding in check(html)]


GOOD = """<h2>Visa</h2><p>See the <a href="/x">list of consulates</a>.</p><h3>Fees</h3>
<img src="a.jpg" alt="The entrance of the hotel"><img src="line.png" alt=""><h2>Hotels</h2>"""


def test_a_readable_text_has_no_finding() -> None:
    assert check(GOOD) == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<img src="x">', [("An image has no description", True)]),
        ('<img src="x"><img src="y">', [("An image has no description", True)]),
        ("<h2> </h2>", [("A heading is empty", True)]),
        ("<h2><img src='x' alt='Logo of FAO'></h2>", []),
        ('<a href="/x"><span> </span></a>', [("A link has no text", True)]),
        ('<a href="/x" aria-label="Programme"></a>', []),
        ('<a href="/x"><img src="x" alt="Programme"></a>', []),
        ("<a id='anchor'></a>", []),
        ("<h2>A</h2><h4>B</h4>", [("The heading “B” leaves out a level", False)]),
        ("<h3>First</h3>", [("The heading “First” leaves out a level", False)]),
        ("<h2>A</h2><h3>B</h3><h2>C</h2>", []),
    ],
)
def test_what_keeps_readers_out(html: str, expected: list[tuple[str, bool]]) -> None:
    assert found(html) == expected


@pytest.mark.parametrize(
    "text",
    [
        "click here",
        "Click&nbsp;here!",
        "HERE",
        "Lire la suite…",
        "aquí",
        "هنا",
        "点击这里",
        "Подробнее »",
        "https://www.ippc.int/en/",
        "www.ippc.int",
    ],
)
def test_a_link_that_says_nothing(text: str) -> None:
    [(words, refuses)] = found(f'<a href="/x"><b>{text}</b></a>')
    assert words.startswith("The link “")
    assert not refuses


@pytest.mark.parametrize("text", ["Programme", "Here is the programme", "更多活动", "More events in Fiji"])
def test_a_link_that_says_where_it_leads(text: str) -> None:
    assert check(f'<a href="/x">{text}</a>') == []


@pytest.mark.parametrize("alt", ["IMG_2034", "photo.jpg", "dsc 0001", "Entrance.PNG "])
def test_a_description_that_is_a_file_name(alt: str) -> None:
    assert [refuses for _words, refuses in found(f'<img src="x" alt="{alt}">')] == [False]


@pytest.mark.parametrize(
    ("html", "empty"),
    [
        ("", True),
        ("<div> \n</div>", True),
        ("<p>a</p>", False),
        ("<img alt=''>", False),
        ("<table></table>", False),
    ],
)
def test_empty(html: str, *, empty: bool) -> None:
    assert is_empty(html) is empty


@given(st.text() | st.text(alphabet="<>/ah1img\"'= &;!-"))
def test_any_text_is_answered(html: str) -> None:
    check(html)
