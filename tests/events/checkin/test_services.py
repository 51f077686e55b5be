import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.conf import settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from events.checkin import services
from events.checkin.models import Admission, Checkpoint, Device, Gate, Scan
from events.checkin.result import First, Presented, judge
from events.checkin.selectors import device_by_token, gates_of, presented_at, recent_scans, tally
from events.checkin.services import ScanIdReusedError, device_create, device_end, scan
from events.checkin.verdicts import Verdict
from events.registration.models import Registration
from events.registration.states import State
from events.tickets.code import badge_address
from events.tickets.services import revoke_ticket
from tests.factories import make_event, make_gate, make_registration, make_session

from .people import make_member

pytestmark = pytest.mark.django_db


def read(gate, text, **fields):
    values = {"scan_id": uuid.uuid4(), "scanned_at": timezone.now()} | fields
    return scan(gate=gate, text=text, **values)


def test_a_person_is_admitted_once_and_told_when_and_where():
    event = make_event()
    main, side = make_gate(event), make_gate(event, "Side door")
    registration = make_registration(event)
    at = timezone.now() - dt.timedelta(minutes=5)
    first = read(main, registration.ticket.code, scanned_at=at)
    assert (first.verdict, first.registration, first.first) == (
        Verdict.ADMITTED,
        registration,
        First(at, main.name),
    )
    second = read(side, badge_address(settings.BADGE_URL, registration.ticket.code).lower())
    assert (second.verdict, second.registration) == (Verdict.ALREADY_ADMITTED, registration)
    assert second.first == First(at, "Main entrance")
    assert list(Admission.objects.values_list("registration", "scan", "at")) == [
        (registration.pk, first.scan_id, at)
    ]
    assert list(Scan.objects.order_by("received_at").values_list("pk", "verdict", "gate")) == [
        (first.scan_id, "admitted", main.pk),
        (second.scan_id, "already_admitted", side.pk),
    ]


def test_each_checkpoint_admits_for_itself():
    event = make_event()
    hall = Checkpoint.objects.create(event=event, session=make_session(event), name="Hall")
    registration = make_registration(event)
    gates = [make_gate(event), Gate.objects.create(checkpoint=hall, name="Hall")]
    assert [read(gate, registration.ticket.code).verdict for gate in gates] == [Verdict.ADMITTED] * 2


def test_the_same_scan_again_gets_the_same_answer():
    gate = make_gate(make_event())
    registration = make_registration(gate.checkpoint.event)
    scan_id = uuid.uuid4()
    answers = [read(gate, registration.ticket.code, scan_id=scan_id) for _time in range(3)]
    assert answers[0].verdict == Verdict.ADMITTED
    assert answers[1:] == [answers[0]] * 2
    assert Scan.objects.count() == Admission.objects.count() == 1


@pytest.mark.parametrize("text", ["A" * 20, "forged", "", "\x00", "https://e.org/B/", "١" * 20, "A" * 300])
def test_an_unknown_code_is_kept_and_can_be_sent_again(text):
    gate = make_gate(make_event())
    scan_id = uuid.uuid4()
    for _time in range(2):
        result = read(gate, text, scan_id=scan_id)
        assert (result.verdict, result.registration, result.first) == (Verdict.UNKNOWN_CODE, None, None)
    assert list(Scan.objects.values_list("pk", "verdict", "registration")) == [
        (scan_id, "unknown_code", None)
    ]


def test_a_uuid_stands_for_one_scan():
    event = make_event()
    gate, scan_id = make_gate(event), uuid.uuid4()
    user = make_member(event)
    code, other_code = (make_registration(event).ticket.code for _one in range(2))
    read(gate, code, scan_id=scan_id, user=user)
    for fields in ({"gate": make_gate(event, "B")}, {"text": other_code}, {"user": None}):
        values = {"gate": gate, "text": code, "user": user} | fields
        with pytest.raises(ScanIdReusedError):
            read(values.pop("gate"), values.pop("text"), scan_id=scan_id, **values)
    assert Scan.objects.count() == 1


def test_a_known_and_an_unknown_code_are_two_readings():
    # The browser's Back brings the old page and its UUID again.
    gate = make_gate(make_event())
    code = make_registration(gate.checkpoint.event).ticket.code
    for first, second in ((code, "forged"), ("forged", code)):
        scan_id = uuid.uuid4()
        verdict = read(gate, first, scan_id=scan_id).verdict
        with pytest.raises(ScanIdReusedError):
            read(gate, second, scan_id=scan_id)
        assert read(gate, first, scan_id=scan_id).verdict == verdict
    assert sorted(Scan.objects.values_list("verdict", flat=True)) == ["admitted", "unknown_code"]


def test_a_badge_of_another_event_can_be_sent_again():
    gate = make_gate(make_event())
    code, scan_id = make_registration(make_event()).ticket.code, uuid.uuid4()
    assert [read(gate, code, scan_id=scan_id).verdict for _time in range(2)] == [Verdict.OTHER_EVENT] * 2


def test_a_badge_of_another_event_tells_nothing_about_its_person():
    gate = make_gate(make_event())
    stranger = make_registration(make_event())
    result = read(gate, stranger.ticket.code)
    assert (result.verdict, result.registration, result.first) == (Verdict.OTHER_EVENT, None, None)
    assert Scan.objects.get().registration is None


@pytest.mark.parametrize("state", [state for state in State if state != State.CONFIRMED])
def test_who_is_not_confirmed_stays_outside(state):
    gate = make_gate(make_event())
    registration = make_registration(gate.checkpoint.event)
    Registration.objects.update(state=state)
    result = read(gate, registration.ticket.code)
    assert (result.verdict, result.registration) == (Verdict.NOT_CONFIRMED, registration)
    assert not Admission.objects.exists()


def test_a_revoked_badge():
    gate = make_gate(make_event())
    registration = make_registration(gate.checkpoint.event)
    revoke_ticket(registration=registration)
    assert read(gate, registration.ticket.code).verdict == Verdict.REVOKED
    assert not Admission.objects.exists()


@pytest.mark.parametrize(
    "claimed, kept",
    [
        (dt.timedelta(days=365), dt.timedelta()),
        (dt.timedelta(days=-365), -services.OLDEST),
        (dt.timedelta(hours=-3), dt.timedelta(hours=-3)),
    ],
)
def test_a_wrong_clock_is_held_within_reason(claimed, kept):
    gate = make_gate(make_event())
    now = timezone.now()
    result = read(gate, make_registration(gate.checkpoint.event).ticket.code, scanned_at=now + claimed)
    assert abs(result.first.at - (now + kept)) < dt.timedelta(seconds=10)


@pytest.mark.parametrize("extreme", ["0001-01-01T00:00", "9999-12-31T23:59"])
@pytest.mark.parametrize("offset", ["-14:00", "+14:00"])
def test_the_ends_of_time_break_nothing(extreme, offset):
    gate = make_gate(make_event())
    moment = dt.datetime.fromisoformat(extreme + offset)
    assert read(gate, "forged", scanned_at=moment).verdict == Verdict.UNKNOWN_CODE


def test_of_two_gates_at_the_same_moment_one_admits(monkeypatch):
    event = make_event()
    registration = make_registration(event)
    code = registration.ticket.code
    winner = read(make_gate(event, "Fast"), code)

    def as_before_the_other_wrote(checkpoint, text):
        monkeypatch.undo()
        return replace(presented_at(checkpoint, text), first=None)

    monkeypatch.setattr(services, "presented_at", as_before_the_other_wrote)
    loser = read(make_gate(event, "Slow"), code)
    assert (loser.verdict, loser.first) == (Verdict.ALREADY_ADMITTED, winner.first)
    assert loser.first.gate == "Fast"
    assert sorted(Scan.objects.values_list("verdict", flat=True)) == ["admitted", "already_admitted"]


def test_a_scan_costs_three_statements(django_assert_num_queries):
    gate = gates_of([make_gate(make_event()).checkpoint.event_id]).get()
    code = make_registration(gate.checkpoint.event).ticket.code
    for verdict, statements in ((Verdict.ADMITTED, 3), (Verdict.ALREADY_ADMITTED, 2)):
        # Inside a test's transaction the scan's own is a savepoint: two statements more.
        with django_assert_num_queries(statements + 2):
            assert read(gate, code).verdict == verdict


def test_a_device_opens_by_its_token_until_it_is_switched_off():
    event = make_event()
    holder = make_member(event)
    device, token = device_create(event=event, label="Phone 1", held_by=holder)
    assert token not in Device.objects.get().token_hash
    assert device_by_token(token) == device
    assert device_by_token(token + "x") is None
    holder.is_active = False
    holder.save()
    assert device_by_token(token) is None
    holder.is_active = True
    holder.save()
    device_end(device=device)
    assert device_by_token(token) is None


def test_what_the_page_tells_of_a_gate():
    event = make_event()
    gate, other = make_gate(event), make_gate(event, "B")
    first, second = make_registration(event), make_registration(event)
    make_registration(make_event())
    read(gate, first.ticket.code)
    read(gate, first.ticket.code)
    read(other, second.ticket.code)
    assert [(row.registration, row.verdict) for row in recent_scans(gate)] == [
        (first, "already_admitted"),
        (first, "admitted"),
    ]
    assert (tally(gate.checkpoint).admitted, tally(gate.checkpoint).expected) == (2, 2)


@given(
    st.sampled_from(State),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, First(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "Main")]),
)
def test_only_one_way_leads_inside(state, is_revoked, same_event, first):
    shown = Presented(Registration(event_id=1, state=state), is_revoked=is_revoked, first=first)
    admitted = judge(shown, 1 if same_event else 2) == Verdict.ADMITTED
    assert admitted == (state == State.CONFIRMED and not is_revoked and same_event and first is None)
