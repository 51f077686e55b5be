import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import override

from events.catalogue.texts import LANGUAGES
from events.mails import RENDERERS
from events.outbox.mime import stamp
from events.outbox.models import Message
from tests.factories import make_country, make_family

from .rows import make_accepted

pytestmark = pytest.mark.django_db
KINDS = ("proposal-received", "proposal-accepted", "proposal-refused", "proposal-taken-out")
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def proposal():
    family = make_family("iyph", name={"en": "Year of Plant Health", "fr": "Année de la santé"})
    return make_accepted(
        family,
        title=f"Day & {HOSTILE}",
        start_date=dt.date(2127, 5, 12),
        end_date=dt.date(2127, 5, 13),
        country=make_country("KE", "Kenya"),
        description=f"words {HOSTILE}",
        proposer_name=f"Mallory {HOSTILE}",
        reason="Not about plants.",
    )


def rendered(kind, proposal, language="en"):
    message = Message(
        kind=kind, to=proposal.proposer_email, language=language, about={"proposal": proposal.pk}
    )
    with override(language):
        mail = RENDERERS[kind](message)
    stamp(message, mail)
    return mail


def test_the_receipt_repeats_nothing_that_a_stranger_typed(proposal, django_assert_num_queries):
    with django_assert_num_queries(1):
        mail = rendered("proposal-received", proposal)
    assert mail.subject == "We have received your event: Year of Plant Health"
    for word in ("alert", "Mallory", "Day", "words", "example.org"):
        assert word not in mail.text
        assert word not in mail.html
    assert "Dates: 12–13 May 2127\nCountry or territory: Kenya\n" in mail.text
    assert "somebody else has entered your address" in mail.text


def test_an_acceptance_leads_to_the_event(proposal, settings):
    mail = rendered("proposal-accepted", proposal, "fr")
    address = f"{settings.SITE_URL}/fr/proposals/iyph/?month=2127-05#event-{proposal.pk}"
    assert address in mail.text
    assert BeautifulSoup(mail.html, "html.parser").find("a")["href"] == address


@pytest.mark.parametrize("kind", ["proposal-refused", "proposal-taken-out"])
def test_a_refusal_says_why(proposal, kind):
    mail = rendered(kind, proposal)
    assert "The reason: Not about plants." in mail.text
    assert f"Event: Day & {HOSTILE}" in mail.text
    assert "Dear Mallory" in mail.text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_of_a_stranger_is_text_in_every_mail(proposal, kind, language):
    proposal.reason = HOSTILE
    proposal.save()
    page = BeautifulSoup(rendered(kind, proposal, language).html, "html.parser")
    assert page.find("script") is None
    assert page.html["lang"] == language
