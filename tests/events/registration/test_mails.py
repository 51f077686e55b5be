import datetime as dt

import pytest
from django.utils.translation import override

from events.catalogue.texts import LANGUAGES
from events.journeys.withdraw import withdraw
from events.mails import RENDERERS
from events.outbox.models import Message
from events.registration import link, mails
from events.tickets.services import revoke_ticket
from tests.factories import make_country, make_event, make_registration

pytestmark = pytest.mark.django_db
KINDS = ("confirmation", "pending", "refused", "withdrawn", "cancelled")

KEEP = (
    "Your page shows your registration and lets you withdraw. "
    "Keep its address to yourself: whoever has it can do the same."
)


@pytest.fixture
def registration():
    event = make_event(
        "SYMPOSIUM",
        title={"en": "Symposium & more", "ar": "ندوة"},
        start_date=dt.date(2027, 1, 11),
        end_date=dt.date(2027, 1, 15),
        venue="Hall <1>",
    )
    return make_registration(
        event, name="Nguyễn <b>Ánh</b>", representing="country", country=make_country("VN", "Viet Nam")
    )


@pytest.fixture(autouse=True)
def drawn(monkeypatch):
    """A ticket without drawing it: that is tested where it is drawn."""
    monkeypatch.setattr(
        mails, "_ticket", lambda registration: mails.Attachment("ticket.pdf", b"%PDF", "application/pdf")
    )


def rendered(kind, registration, language="en"):
    message = Message(
        kind=kind, to=registration.email, language=language, about={"registration": registration.pk}
    )
    with override(language):
        return RENDERERS[kind](message)


def test_the_confirmation_says_all_that_a_delegate_needs(registration, django_assert_num_queries):
    with django_assert_num_queries(2):
        mail = rendered("confirmation", registration)
    assert mail.subject == f"You are registered: Symposium & more ({registration.reference})"
    with override("en"):
        personal = link.personal_address(registration.public_id, 0)
    assert (
        mail.text
        == f"""You are registered

Dear Nguyễn <b>Ánh</b>,

Thank you for registering.

{KEEP}

Event: Symposium & more
Dates: 11–15 January 2027
Place: Hall <1>, Kuala Lumpur, Malaysia
How you take part: Category D
You represent: Viet Nam
Reference: {registration.reference}

My registration:
{personal}

What happens next
- Your ticket is attached. Bring it, on paper or on your phone, to the entrance.
- Add the attached entry to your calendar, so that you have the dates at hand.
- If you cannot come, withdraw on your page, so that somebody else can have your place.

--{" "}
IPPC Secretariat
Food and Agriculture Organization of the United Nations, Rome
"""
    )
    assert [(file.name, file.mimetype) for file in mail.attachments] == [
        ("ticket.pdf", "application/pdf"),
        ("event.ics", "text/calendar"),
    ]
    assert personal.encode() not in mail.attachments[1].content.replace(b"\r\n ", b"")


def test_the_html_says_the_same_and_trusts_no_name(registration):
    html = rendered("confirmation", registration).html
    assert "Dear Nguyễn &lt;b&gt;Ánh&lt;/b&gt;," in html
    assert "<b>" not in html
    assert "Symposium &amp; more" in html
    assert "Hall &lt;1&gt;" in html
    assert "<img" not in html
    assert "http-equiv" not in html


@pytest.mark.parametrize("kind", ["confirmation", "pending"])
def test_a_mail_that_was_overtaken_says_how_the_registration_stands(registration, kind):
    withdraw(registration=registration)
    mail = rendered(kind, registration)
    assert mail.subject == f"Withdrawn: Symposium & more ({registration.reference})"
    assert mail.text.startswith("Withdrawn\n\nDear ")
    assert "What happens next" not in mail.text
    assert "My registration:" in mail.text
    assert mail.attachments == ()


def test_a_ticket_that_was_revoked_meanwhile_is_not_sent(registration):
    revoke_ticket(registration=registration)
    mail = rendered("confirmation", registration)
    assert [file.name for file in mail.attachments] == ["event.ics"]
    assert "ticket" not in mail.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_is_set_in_every_language(registration, kind, language):
    mail = rendered(kind, registration, language)
    title = registration.event.title.text(language)
    assert title in mail.subject
    assert registration.reference in mail.subject
    assert "\n" not in mail.subject
    assert f"/{language}/r/" in mail.text
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in mail.html
    assert bool(mail.attachments) == (kind == "confirmation")


@pytest.mark.parametrize("kind", KINDS)
def test_a_demonstration_says_so_in_subject_and_bodies(registration, kind):
    registration.event.is_demonstration = True
    registration.event.save()
    mail = rendered(kind, registration)
    assert mail.subject.startswith("[Demonstration] ")
    assert mail.text.startswith("Demonstration, not a real event\n")
    assert "Demonstration, not a real event</p>" in mail.html


def test_every_kind_that_is_told_has_a_renderer():
    assert set(KINDS) <= RENDERERS.keys()
