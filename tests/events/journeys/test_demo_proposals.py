import datetime as dt

import pytest

from events.catalogue.services import load_catalogue
from events.journeys.demo.proposals import add_proposals
from events.outbox.models import Message
from events.proposals.models import Proposal
from tests.factories import make_family

pytestmark = pytest.mark.django_db
TODAY = dt.date(2027, 1, 10)


def test_three_invented_events_say_so_in_their_own_language():
    load_catalogue()
    make_family("iyph")
    assert len(add_proposals(today=TODAY)) == 3
    rows = list(Proposal.objects.select_related("country"))
    assert [(row.language, row.state, row.sequence) for row in rows] == [
        ("en", "accepted", 1),
        ("fr", "accepted", 1),
        ("ar", "accepted", 1),
    ]
    for row, mark in zip(
        rows, ("Demonstration, not a real event", "Démonstration", "عرض توضيحي"), strict=True
    ):
        assert row.title.startswith(mark)
        assert row.start_date > TODAY
        assert row.proposer_email.endswith("@example.org")
    assert [row.country and row.country.iso2 for row in rows] == ["KE", "MA", None]
    assert not Message.objects.exists()


def test_a_second_run_adds_nothing():
    load_catalogue()
    make_family("iyph")
    add_proposals(today=TODAY)
    assert add_proposals(today=TODAY + dt.timedelta(days=9)) == []
