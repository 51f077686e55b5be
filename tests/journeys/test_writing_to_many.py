"""Writing to forty people in six languages, over real SMTP; and a clock that is killed on the way."""

from collections import Counter
from email.message import EmailMessage

import pytest

from tests.live import Database, Site, running
from tests.mailbox import Mailbox

PREPARE = """
from django.db import transaction
from django.utils import timezone
from events.catalogue.models import Event
from events.mailing import services
from events.mailing.models import Mailing
from events.outbox.models import Message
from tests.factories import make_registration

event = Event.objects.get(code="DEMO-EPHYTO")
category = event.categories.first()
six = {"en": "News", "fr": "Nouvelles", "es": "Noticias", "ar": "أخبار", "zh-hans": "消息", "ru": "Новости"}
with transaction.atomic():
    for number in range(PEOPLE):
        make_registration(
            event, category, name=f"Person {number}", email=f"person{number}@example.org",
            language=list(six)[number % 6],
        )
    Message.objects.all().delete()
mailing = Mailing.objects.create(
    event=event,
    subject=six,
    words={code: f"{word}: {{name}}, {{reference}}, {{link}}" for code, word in six.items()},
)
services.start(mailing=mailing, seen=services.seen_now(mailing))
"""
SIX = {"en": "News", "fr": "Nouvelles", "es": "Noticias", "ar": "أخبار", "zh-hans": "消息", "ru": "Новости"}


def written(site: Site, people: int) -> None:
    site.manage("shell", "-v0", "-c", PREPARE.replace("PEOPLE", str(people)))


def whole(mail: EmailMessage) -> str:
    """All headers and both bodies, decoded."""
    headers = "\n".join(f"{name}: {value}" for name, value in mail.items())
    bodies = [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]
    return "\n".join([headers, *bodies])


@pytest.mark.xdist_group("live")
def test_forty_people_get_one_mail_each_and_no_address_of_another(
    live_database: Database, mailbox: Mailbox, tmp_path
) -> None:
    site = Site(live_database, tmp_path, mailbox.url)
    written(site, 40)
    with running(site, "worker", "clock"):
        for number in range(40):
            mailbox.wait_for(f"person{number}@example.org", seconds=60)
    mails = mailbox.messages()
    addresses = [f"person{number}@example.org" for number in range(40)]
    assert Counter(mail["To"] for mail in mails) == dict.fromkeys(addresses, 1)
    for mail in mails:
        number = addresses.index(mail["To"])
        text = whole(mail)
        assert [address for address in addresses if address in text] == [mail["To"]]
        assert (mail["Cc"], mail["Bcc"], mail["Reply-To"]) == (None, None, None)
        assert list(SIX.values())[number % 6] in mail["Subject"]
        assert mail["Content-Language"] == list(SIX)[number % 6]
        assert text.count(f"Person {number},") >= 2
        assert not [other for other in range(40) if other != number and f"Person {other}," in text]
    assert len({mail["Message-ID"] for mail in mails}) == 40


@pytest.mark.drill
@pytest.mark.xdist_group("live")
def test_a_clock_killed_on_the_way_loses_and_doubles_nothing(
    live_database: Database, mailbox: Mailbox, tmp_path
) -> None:
    """Each run hands over two batches of a transaction each, and dies before the third is written."""
    site = Site(live_database, tmp_path, mailbox.url)
    written(site, 37)
    for _ in range(3):
        with pytest.raises(AssertionError, match="died on the way"):
            site.manage("shell", "-v0", "-c", DYING)
    handed = live_database.value("SELECT COUNT(*) FROM events_message WHERE batch LIKE 'mailing:%'")
    assert handed == 3 * 2 * 5
    site.manage("shell", "-v0", "-c", "from events.mailing.services import hand_over_all; hand_over_all()")
    rows = live_database.rows('SELECT "to", COUNT(*) FROM events_message GROUP BY "to"')
    assert dict(rows) == {f"person{number}@example.org": 1 for number in range(37)}
    assert live_database.value("SELECT state FROM events_mailing") == "queued"


DYING = """
import os, sys
from events.mailing import services
services.BATCH = 5
queue, calls = services.queue_to_many, []
def third_time_dies(**arguments):
    calls.append(queue(**arguments))
    if len(calls) == 3:
        print("died on the way", file=sys.stderr, flush=True)
        os.kill(os.getpid(), 9)
services.queue_to_many = third_time_dies
services.hand_over_all()
"""
