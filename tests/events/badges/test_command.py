import stat
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from events.tickets.code import badge_address
from tests.factories import make_event, make_registration
from tests.reading import codes

pytestmark = pytest.mark.django_db


def test_badges_are_written_for_their_owner(tmp_path: Path, capsys, django_assert_num_queries) -> None:
    event = make_event("EPHYTO-3")
    for _ in range(5):
        make_registration(event)
    out = tmp_path / "badges.pdf"
    out.write_text("the former file")

    with django_assert_num_queries(2):
        call_command("badges", "ephyto-3", out=out, sheet="a4")

    assert len(PdfReader(out).pages) == 2
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [out]
    assert capsys.readouterr().out == f"5 badges in {out}\n"


def test_only_the_references_asked_for(tmp_path: Path) -> None:
    event = make_event("EPHYTO-3")
    first, _second, third = (make_registration(event, name=name) for name in ("Ana", "Bo", "Cy"))
    out = tmp_path / "badges.pdf"

    call_command("badges", "EPHYTO-3", "--out", str(out), "--only", third.reference.lower(), first.reference)

    assert codes(out.read_bytes()) == [
        badge_address(settings.BADGE_URL, registration.ticket.code) for registration in (first, third)
    ]


def test_characters_without_a_glyph_are_told(tmp_path: Path, capsys) -> None:
    registration = make_registration(make_event("EPHYTO-3"), name="Li 😀")

    call_command("badges", "EPHYTO-3", out=tmp_path / "badges.pdf")

    told = f"{registration.reference}: no font holds 😀 (U+1F600 GRINNING FACE); a box is printed instead.\n"
    assert capsys.readouterr().err == told


@pytest.mark.parametrize(
    "arguments,words",
    [
        (["NONE"], "There is no event with the code NONE."),
        (["EMPTY"], "Nobody is confirmed for EMPTY, so there is no badge to print."),
        (
            ["EPHYTO-3", "--only", "XXXX-XXXX"],
            "No confirmed registration for EPHYTO-3 with a ticket: XXXX-XXXX.",
        ),
        (
            ["EPHYTO-3", "--out", "/nowhere/badges.pdf"],
            "/nowhere/badges.pdf cannot be written: No such file or directory.",
        ),
    ],
)
def test_what_cannot_be_printed_is_said_and_nothing_written(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    make_event("EMPTY")
    make_registration(make_event("EPHYTO-3"))
    out = [] if "--out" in arguments else ["--out", str(tmp_path / "badges.pdf")]

    with pytest.raises(CommandError) as error:
        call_command("badges", *arguments, *out)

    assert str(error.value) == words
    assert list(tmp_path.iterdir()) == []
