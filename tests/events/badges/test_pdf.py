import io
import os

import pytest
from django.conf import settings
from django.utils.translation import gettext, override
from pypdf import PdfReader

from events.badges.pdf import Sheet, print_badges
from events.badges.selectors import badge_holders
from events.catalogue.models import Event
from events.registration.models import Registration
from events.tickets.code import badge_address
from tests.events.badges.people import HOSTILE, UNITED_KINGDOM, people
from tests.factories import make_category, make_country, make_event, make_registration
from tests.reading import codes, pages, symbols, text_of

pytestmark = pytest.mark.django_db


def _addresses(holders: list[Registration]) -> list[str]:
    return [badge_address(settings.BADGE_URL, holder.ticket.code) for holder in holders]


@pytest.fixture
def event() -> Event:
    return make_event("EPHYTO-3", title={"en": "Symposium", "ar": "الندوة"}, is_demonstration=True)


@pytest.mark.drill
def test_every_symbol_on_every_badge_is_read_as_its_address(event: Event) -> None:
    number = 500 if os.environ.get("DRILL") == "full" else 60
    people(event, number)
    holders = badge_holders(event)

    printed = print_badges(event, holders)

    assert len(holders) == number
    assert codes(printed.pdf) == _addresses(holders)


def test_a_sheet_holds_four_row_by_row(event: Event) -> None:
    people(event, 9)
    holders = badge_holders(event)

    pdf = print_badges(event, holders, Sheet.A4).pdf

    assert [len(symbols(picture)) for picture in pages(pdf)] == [4, 4, 1]
    assert codes(pdf) == _addresses(holders)
    sizes = {
        tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:])
        for page in PdfReader(io.BytesIO(pdf)).pages
    }
    assert sizes == {(210, 297)}


def test_a_badge_is_a6(event: Event) -> None:
    people(event, 3)

    reader = PdfReader(io.BytesIO(print_badges(event, badge_holders(event)).pdf))

    assert [tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) for page in reader.pages] == [
        (105, 148)
    ] * 3


@pytest.mark.parametrize("name", [name for name in HOSTILE if name.isascii()])
def test_a_hostile_name_is_printed_as_it_is(event: Event, name: str) -> None:
    make_registration(event, name=name)

    text = text_of(print_badges(event, badge_holders(event)).pdf)

    assert name.replace(" ", "") in text.replace("\n", "").replace(" ", "")


def test_nothing_reaches_the_edge_or_the_band(event: Event) -> None:
    """However long the texts: 6 mm of white around, and white right above the band of colour."""
    people(event, 42)

    for picture in pages(print_badges(event, badge_holders(event)).pdf):
        grey = picture.convert("L")
        mm = grey.width / 105
        inner = (7 * mm - 2, 9 * mm, grey.width - 7 * mm + 2, grey.height - 4 * mm)
        for edge in (
            (0, 0, grey.width, inner[1]),
            (0, 0, inner[0], grey.height),
            (inner[2], 0, grey.width, grey.height),
            (0, inner[3], grey.width, grey.height),
            (0, 92.5 * mm, grey.width, 93.5 * mm),
        ):
            assert grey.crop(tuple(map(int, edge))).getextrema() == (255, 255)


def test_a_badge_speaks_the_persons_language_and_english(event: Event) -> None:
    category = make_category(event, "D", label={"en": "Delegate", "ru": "Делегат"})
    country = make_country("GB", UNITED_KINGDOM["en"])
    country.name = UNITED_KINGDOM
    country.save()
    make_registration(
        event,
        category,
        name="Анна",
        language="ru",
        representing="country",
        country=country,
        organization="ВНИИКР",
    )

    pdf = print_badges(event, badge_holders(event)).pdf
    text = " ".join(text_of(pdf).split())

    for said in (
        UNITED_KINGDOM["ru"],
        UNITED_KINGDOM["en"],
        "Делегат",
        "Delegate",
        "ВНИИКР",
        "Symposium",
        "Анна",
    ):
        assert said in text
    with override("ru"):
        assert gettext("Demonstration, not a real event") in text


def test_the_code_is_nowhere_in_words(event: Event) -> None:
    [holder] = people(event, 1)

    pdf = print_badges(event, [holder]).pdf

    assert holder.reference in text_of(pdf)
    assert holder.ticket.code not in text_of(pdf)
    assert holder.ticket.code.encode() not in pdf


def test_characters_without_a_glyph_are_told_by_reference(event: Event) -> None:
    told = make_registration(event, name="Li 😀 ገብረ ገ")
    make_registration(event, name="Amina")

    assert print_badges(event, badge_holders(event)).lost == {told.reference: "😀ገብረ"}


def test_a_real_event_says_nothing_of_a_demonstration() -> None:
    event = make_event()
    make_registration(event)

    assert "Demonstration" not in text_of(print_badges(event, badge_holders(event)).pdf)
