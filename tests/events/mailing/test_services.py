"""Sending to many: begun once, handed over in batches, stopped and gone on with; nothing lost or doubled."""

from collections import Counter

import pytest
from django.utils import timezone

from events.mailing import services
from events.mailing.models import Mailing
from events.mailing.recipients import Choice
from events.mailing.selectors import mails_of, progress
from events.mailing.services import ChangedError, NotPossibleError, Seen
from events.outbox.models import Message
from events.outbox.selectors import Progress
from events.registration.models import Registration
from events.registration.states import State as Standing
from tests.factories import make_event, make_registration

from .letters import begin, make_mailing

pytestmark = pytest.mark.django_db
State = Mailing.State


@pytest.fixture(autouse=True)
def small_batches(monkeypatch) -> None:
    monkeypatch.setattr(services, "BATCH", 3)


@pytest.fixture
def event():
    return make_event()


@pytest.fixture
def crowd(event):
    registrations = [
        make_registration(event, language=code) for code in ("en", "fr", "ar", "ru", "es", "en", "fr")
    ]
    Message.objects.all().delete()
    return registrations


def sent_to(mailing) -> list[int]:
    return sorted(
        Message.objects.filter(batch=f"mailing:{mailing.pk}").values_list("about__registration", flat=True)
    )


def now_of(mailing) -> Mailing:
    return Mailing.objects.get(pk=mailing.pk)


def test_everybody_gets_one_mail_in_their_language(event, crowd) -> None:
    mailing = begin(make_mailing(event))
    assert (mailing.state, mailing.people) == (State.SENDING, 7)
    assert not Message.objects.exists()
    assert services.hand_over_all() == 1
    rows = Message.objects.order_by("about__registration")
    assert [(row.to, row.language) for row in rows] == [(each.email, each.language) for each in crowd]
    assert {row.kind for row in rows} == {"mailing"}
    assert [row.about for row in rows] == [{"mailing": mailing.pk, "registration": each.pk} for each in crowd]
    assert {row.event_id for row in rows} == {event.pk}
    ended = now_of(mailing)
    assert (ended.state, ended.ended_at is not None) == (State.QUEUED, True)
    assert progress(mailing) == Progress(queued=7, sent=0, dead=0)


def test_a_batch_costs_the_same_however_many_it_reaches(event, crowd, django_assert_num_queries) -> None:
    mailing = begin(make_mailing(event))
    with django_assert_num_queries(8):
        assert services.hand_over(mailing_id=mailing.pk)
    assert sent_to(mailing) == [each.pk for each in crowd[:3]]
    assert now_of(mailing).reached_pk == crowd[2].pk


def test_a_full_last_batch_ends_with_an_empty_one(event, crowd) -> None:
    mailing = begin(make_mailing(event))
    Registration.objects.filter(pk=crowd[6].pk).update(state=Standing.WITHDRAWN)
    assert [services.hand_over(mailing_id=mailing.pk) for _ in range(3)] == [True, True, False]
    assert len(sent_to(mailing)) == 6
    assert not services.hand_over(mailing_id=mailing.pk)


def test_an_error_in_a_batch_leaves_it_to_be_done_again(event, crowd, monkeypatch) -> None:
    mailing = begin(make_mailing(event))
    services.hand_over(mailing_id=mailing.pk)
    monkeypatch.setattr(Mailing, "save", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        services.hand_over_all()
    assert len(sent_to(mailing)) == 3
    monkeypatch.undo()
    services.hand_over_all()
    assert sent_to(mailing) == [each.pk for each in crowd]


def test_who_registers_after_the_start_is_not_written_to(event, crowd) -> None:
    mailing = begin(make_mailing(event))
    services.hand_over(mailing_id=mailing.pk)
    make_registration(event)
    Registration.objects.filter(pk=crowd[5].pk).update(state=Standing.WITHDRAWN)
    services.hand_over_all()
    assert sent_to(mailing) == [each.pk for number, each in enumerate(crowd) if number != 5]


def test_it_is_begun_once(event, crowd) -> None:
    mailing = make_mailing(event)
    seen = services.seen_now(mailing)
    services.start(mailing=mailing, seen=seen)
    with pytest.raises(NotPossibleError):
        services.start(mailing=mailing, seen=seen)


def test_another_number_than_was_shown_is_refused(event, crowd) -> None:
    mailing = make_mailing(event)
    seen = services.seen_now(mailing)
    make_registration(event)
    with pytest.raises(ChangedError):
        services.start(mailing=mailing, seen=seen)
    assert now_of(mailing).state == State.DRAFT
    assert services.start(mailing=mailing, seen=services.seen_now(mailing)).people == 8


@pytest.mark.parametrize("field", ["subject", "words", "recipients"])
def test_another_text_or_choice_than_was_shown_is_refused(event, crowd, field) -> None:
    mailing = make_mailing(event)
    seen = services.seen_now(mailing)
    other = {"states": ["confirmed"]} if field == "recipients" else {"en": "Another"}
    Mailing.objects.filter(pk=mailing.pk).update(**{field: other})
    with pytest.raises(ChangedError):
        services.start(mailing=mailing, seen=seen)


def test_nobody_is_not_written_to(event) -> None:
    mailing = make_mailing(event)
    with pytest.raises(NotPossibleError):
        services.start(mailing=mailing, seen=services.seen_now(mailing))
    with pytest.raises(ChangedError):
        services.start(mailing=mailing, seen=Seen(people=0, content=""))


def test_a_stop_takes_out_what_waits_and_going_on_doubles_nothing(event, crowd) -> None:
    mailing = begin(make_mailing(event))
    services.hand_over(mailing_id=mailing.pk)
    services.hand_over(mailing_id=mailing.pk)
    first, second, third, *_others = Message.objects.order_by("about__registration")
    Message.objects.filter(pk=first.pk).update(state=Message.State.SENT)
    Message.objects.filter(pk=second.pk).update(state=Message.State.DEAD)
    in_hand = timezone.now() + timezone.timedelta(minutes=5)
    Message.objects.filter(pk=third.pk).update(lease_until=in_hand)

    assert services.stop(mailing=mailing) == 3
    assert now_of(mailing).state == State.STOPPED
    assert sent_to(mailing) == [each.pk for each in crowd[:3]]
    assert services.hand_over_all() == 0
    with pytest.raises(NotPossibleError):
        services.stop(mailing=mailing)

    services.go_on(mailing=mailing)
    services.hand_over_all()
    assert Counter(sent_to(mailing)) == {each.pk: 1 for each in crowd}
    assert {first.pk, second.pk, third.pk} <= set(Message.objects.values_list("pk", flat=True))
    with pytest.raises(NotPossibleError):
        services.go_on(mailing=mailing)


def test_what_is_all_handed_over_can_be_stopped_as_long_as_some_wait(event, crowd) -> None:
    mailing = begin(make_mailing(event))
    services.hand_over_all()
    Message.objects.all().update(state=Message.State.SENT)
    with pytest.raises(NotPossibleError):
        services.stop(mailing=mailing)
    Message.objects.filter(about__registration=crowd[0].pk).update(state=Message.State.QUEUED)
    assert services.stop(mailing=mailing) == 1


def test_only_a_draft_is_changed_or_deleted(event, crowd) -> None:
    mailing = make_mailing(event)
    words = {"subject": {"en": "Other"}, "words": {"en": "Words"}}
    assert services.rewrite(mailing=mailing, **words).subject == {"en": "Other"}
    assert services.choose(mailing=mailing, choice=Choice(states=("confirmed",))).recipients == {
        "states": ["confirmed"]
    }
    begin(mailing)
    for act in (
        lambda: services.rewrite(mailing=mailing, **words),
        lambda: services.choose(mailing=mailing, choice=Choice()),
        lambda: services.discard(mailing=mailing),
    ):
        with pytest.raises(NotPossibleError):
            act()
    draft = make_mailing(event)
    services.discard(mailing=draft)
    assert [row.pk for row in Mailing.objects.all()] == [mailing.pk]


def test_the_mails_of_one_person(event, crowd, django_assert_num_queries) -> None:
    begin(make_mailing(event, subject={"en": "The bus"}))
    services.hand_over_all()
    with django_assert_num_queries(2):
        (mail,) = mails_of(crowd[0])
    assert (mail.what, mail.message.state) == ("The bus", Message.State.QUEUED)
    assert "mime" in mail.message.get_deferred_fields()
