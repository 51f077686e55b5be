import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.mailing.placeholders import IN_SUBJECTS, NAMES, filled, paragraphs, wrong_in

VALUES = {"name": "Amina", "reference": "DEMO-1", "event": "Symposium", "link": "https://example.org/r/x/"}


@pytest.mark.parametrize(
    "text, wrong",
    [
        ("Dear {name}, {reference} {event} {link}", []),
        ("Nothing at all", []),
        ("{email}", ["{email}"]),
        ("{Name} {name }", ["{Name}", "{name }"]),
        ("{name", ["{"]),
        ("name}", ["}"]),
        ("{{name}}", ["{", "}"]),
        ("{x} and {x}", ["{x}"]),
        ("{name.__class__} {0}", ["{name.__class__}", "{0}"]),
        ("{}", ["{}"]),
    ],
)
def test_what_is_wrong_in_braces(text: str, wrong: list[str]) -> None:
    assert wrong_in(text) == wrong


def test_a_subject_takes_no_link() -> None:
    assert wrong_in("{name} {link}", IN_SUBJECTS) == ["{link}"]


def test_a_value_is_never_read_again() -> None:
    values = VALUES | {"name": "{link} {event}"}
    assert filled("{name}: {reference}", values) == "{link} {event}: DEMO-1"


def test_an_unknown_placeholder_stays() -> None:
    assert filled("{email} {name}", VALUES) == "{email} Amina"


@given(st.text())
def test_a_text_without_fault_holds_no_brace_but_placeholders(text: str) -> None:
    rest = text
    for name in NAMES:
        rest = rest.replace(f"{{{name}}}", "\n")
    assert bool(wrong_in(text)) is ("{" in rest or "}" in rest)


def test_paragraphs_are_parted_by_empty_lines() -> None:
    assert paragraphs("One\ntwo\n\n  \n\nThree\n") == ["One\ntwo", "Three"]
    assert paragraphs("") == []
