import io

import pytest
from django.conf import settings
from pypdf import PdfReader

from events.catalogue.texts import LANGUAGES
from events.registration.models import Registration
from events.tickets.code import badge_address
from events.tickets.pdf import ticket_pdf
from events.tickets.services import revoke_ticket
from tests.factories import make_category, make_country, make_event, make_registration
from tests.reading import codes, pages, text_of


@pytest.fixture
def registration(db: None) -> Registration:
    event = make_event(
        "EPHYTO-3", title={"en": "Symposium", "ar": "الندوة", "ru": "Симпозиум"}, is_demonstration=True
    )
    category = make_category(event, "D", label={"en": "Delegate", "ar": "مندوب"})
    return make_registration(
        event,
        category,
        name="Nguyễn Thị Thảo",
        representing="country",
        country=make_country("VN", "Viet Nam"),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_symbol_opens_the_door_in_every_language(registration: Registration, language: str) -> None:
    pdf = ticket_pdf(registration.pk, language)

    assert codes(pdf) == [badge_address(settings.BADGE_URL, registration.ticket.code)]
    assert PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/Lang"] == language.partition("-")[0]


def test_the_ticket_says_who_what_when_and_where(registration: Registration) -> None:
    text = text_of(ticket_pdf(registration.pk, "en"))

    for said in (
        "Symposium",
        str(registration.event.start_date.year),
        "Kuala Lumpur, Malaysia",
        "Nguyễn Thị Thảo",
        "Viet Nam",
        registration.reference,
        "Delegate (D)",
        "Demonstration, not a real event",
    ):
        assert said in text
    assert registration.ticket.code not in text


def test_arabic_runs_from_the_right(registration: Registration) -> None:
    """The symbol stands on the right half of the page in Arabic, on the left in English."""
    halves = {}
    for language in ("en", "ar"):
        [picture] = pages(ticket_pdf(registration.pk, language))
        lower = picture.convert("L").crop(
            (0, picture.height * 6 // 10, picture.width, picture.height * 8 // 10)
        )
        left, right = (
            sum(lower.crop((x, 0, x + lower.width // 2, lower.height)).histogram()[:64])
            for x in (0, lower.width // 2)
        )
        halves[language] = "left" if left > right else "right"

    assert halves == {"en": "left", "ar": "right"}


def test_a_real_event_says_nothing_of_a_demonstration(registration: Registration) -> None:
    registration.event.is_demonstration = False
    registration.event.save()

    assert "Demonstration" not in text_of(ticket_pdf(registration.pk, "en"))


def test_one_query(registration: Registration, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        ticket_pdf(registration.pk, "ru")


def test_a_revoked_ticket_is_not_printed(registration: Registration) -> None:
    revoke_ticket(registration=registration)

    with pytest.raises(Registration.DoesNotExist):
        ticket_pdf(registration.pk, "en")


def test_without_a_ticket_there_is_none(db: None) -> None:
    event = make_event()
    waiting = make_registration(event, make_category(event, needs_approval=True))

    with pytest.raises(Registration.DoesNotExist):
        ticket_pdf(waiting.pk, "en")
