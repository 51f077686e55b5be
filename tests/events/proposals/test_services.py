import datetime as dt
import uuid

import pytest
from django.utils import timezone

from events.access.limits import TooManyError
from events.once.models import IdempotencyKey
from events.once.services import KeyReusedError
from events.outbox.models import Message
from events.proposals import services
from events.proposals.models import Proposal
from events.proposals.services import NotAllowedError
from tests.events.access.two_events import make_user
from tests.factories import make_country, make_family

from .rows import answers, make_accepted, make_proposal

pytestmark = pytest.mark.django_db
State = Proposal.State
KEY = "0" * 32


@pytest.fixture
def family():
    return make_family("iyph")


def send(family, key=KEY, form_session="one", **fields):
    return services.propose(family=family, answers=answers(**fields), key=key, form_session=form_session)


def kinds():
    return list(Message.objects.order_by("created_at").values_list("kind", flat=True))


def test_a_proposal_waits_and_its_proposer_is_told(family):
    outcome = send(family, title="ﬁrst Day", language="fr", country=make_country("KE"))
    proposal = Proposal.objects.get()
    assert (str(proposal.uid), outcome.repeated) == (outcome.result, False)
    assert (proposal.state, proposal.sequence, proposal.title_folded) == (State.WAITING, 0, "first day")
    mail = Message.objects.get()
    assert (mail.kind, mail.to, mail.language, mail.about) == (
        "proposal-received",
        "amina@example.org",
        "fr",
        {"proposal": proposal.pk},
    )


def test_the_same_form_sent_twice_is_one_proposal(family):
    first, second = send(family), send(family)
    assert (second.result, second.repeated) == (first.result, True)
    assert (Proposal.objects.count(), Message.objects.count()) == (1, 1)


def test_a_key_is_not_used_for_other_answers(family):
    send(family)
    with pytest.raises(KeyReusedError):
        send(family, title="Another Day")
    assert Proposal.objects.count() == 1


def test_what_cannot_be_kept_uses_no_key(family):
    with pytest.raises(KeyError):
        services.propose(family=family, answers={}, key=KEY, form_session="one")
    assert not IdempotencyKey.objects.exists()


def test_an_address_gets_one_receipt_an_hour_whoever_types_it(family, monkeypatch):
    now = timezone.now().replace(minute=0)
    monkeypatch.setattr(timezone, "now", lambda: now)
    for number, address in enumerate(["a@example.org", "A@Example.org", "b@example.org", "a@example.org"]):
        send(family, key=f"{number:032x}", proposer_email=address)
    assert Proposal.objects.count() == 4
    assert sorted(Message.objects.values_list("to", flat=True)) == ["a@example.org", "b@example.org"]
    monkeypatch.setattr(timezone, "now", lambda: now + dt.timedelta(hours=1))
    send(family, key="f" * 32, proposer_email="a@example.org")
    assert Message.objects.filter(to="a@example.org").count() == 2


def test_the_receipts_name_holds_no_address(family):
    send(family)
    assert "amina" not in Message.objects.get().once


def test_ten_an_hour_from_one_client_and_it_shuts_nobody_out(family):
    for _ in range(10):
        services.admit(family=family, address="192.0.2.1")
    for _ in range(100):
        with pytest.raises(TooManyError) as refused:
            services.admit(family=family, address="192.0.2.1")
    assert 0 < refused.value.retry_after <= 3600
    for _ in range(10):
        services.admit(family=family, address="192.0.2.2")


def test_sixty_an_hour_for_one_calendar(family):
    for number in range(60):
        services.admit(family=family, address=f"192.0.2.{number}")
    with pytest.raises(TooManyError):
        services.admit(family=family, address="198.51.100.1")
    services.admit(family=make_family("another"), address="198.51.100.1")


def test_accepting_tells_calendars_and_the_proposer(family):
    user = make_user("editor@example.org")
    proposal = services.accept(proposal=make_proposal(family), user=user)
    assert (proposal.state, proposal.sequence, proposal.decided_by) == (State.ACCEPTED, 1, user)
    assert proposal.decided_at is not None
    assert kinds() == ["proposal-accepted"]


def test_refusing_keeps_the_reason_and_tells_no_calendar(family):
    proposal = services.refuse(proposal=make_proposal(family), user=None, reason="Off topic")
    assert (proposal.state, proposal.sequence, proposal.reason) == (State.REFUSED, 0, "Off topic")
    assert kinds() == ["proposal-refused"]


def test_discarding_tells_nobody(family):
    proposal = services.discard(proposal=make_proposal(family), user=None)
    assert (proposal.state, proposal.sequence) == (State.REFUSED, 0)
    assert kinds() == []


def test_out_and_in_again_each_raise_the_sequence_and_are_told(family):
    proposal = services.accept(proposal=make_proposal(family), user=None)
    proposal = services.take_out(proposal=proposal, user=None, reason="Cancelled")
    assert (proposal.state, proposal.sequence, proposal.reason) == (State.REFUSED, 2, "Cancelled")
    proposal = services.accept(proposal=proposal, user=None)
    assert (proposal.state, proposal.sequence, proposal.reason) == (State.ACCEPTED, 3, "")
    assert kinds() == ["proposal-accepted", "proposal-taken-out", "proposal-accepted"]


@pytest.mark.parametrize(
    "state, act",
    [
        (State.ACCEPTED, services.accept),
        (State.ACCEPTED, services.refuse),
        (State.REFUSED, services.refuse),
        (State.ACCEPTED, services.discard),
        (State.REFUSED, services.discard),
        (State.WAITING, services.take_out),
        (State.REFUSED, services.take_out),
    ],
)
def test_what_is_not_allowed_changes_nothing(family, state, act):
    proposal = make_proposal(family, state=state)
    reason = {"reason": "x"} if act in {services.refuse, services.take_out} else {}
    with pytest.raises(NotAllowedError):
        act(proposal=proposal, user=None, **reason)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.sequence, kinds()) == (state, 0, [])


@pytest.mark.parametrize("make, sequence", [(make_proposal, 0), (make_accepted, 2)])
def test_a_correction_is_told_to_calendars_that_hold_the_event(family, make, sequence):
    proposal = services.correct(proposal=make(family), changes={"title": "ÉTÉ"})
    assert (proposal.title_folded, proposal.sequence) == ("été", sequence)


def test_a_correction_of_nothing_is_none(family):
    assert services.correct(proposal=make_accepted(family), changes={}).sequence == 1


@pytest.mark.parametrize("name", ["state", "family", "proposer_email", "uid"])
def test_nothing_else_is_corrected(family, name):
    with pytest.raises(ValueError, match=name):
        services.correct(proposal=make_proposal(family), changes={name: "x"})


def test_what_is_added_twice_is_there_once(family):
    fields = answers() | {"uid": uuid.uuid4()}
    assert len(services.add_accepted(proposals=[Proposal(family=family, **fields)])) == 1
    assert services.add_accepted(proposals=[Proposal(family=family, **fields)]) == []
    assert Proposal.objects.get().title_folded == "plant health day"


def test_a_title_that_folds_to_eighteen_times_its_length_is_kept(family):
    send(family, title="\ufdfa" * 160)
    assert len(Proposal.objects.get().title_folded) == 480
