"""Mailings for tests."""

from typing import Any

from events.catalogue.models import Event
from events.mailing import services
from events.mailing.models import Mailing
from tests.events.access.two_events import make_user

SIX = {"en": "News", "fr": "Nouvelles", "es": "Noticias", "ar": "أخبار", "zh-hans": "消息", "ru": "Новости"}


def make_mailing(event: Event, **fields: Any) -> Mailing:
    """A draft in English to everybody who comes or may still come."""
    values = {"subject": {"en": "News"}, "words": {"en": "The bus leaves at nine."}} | fields
    return Mailing.objects.create(event=event, **values)


def begin(mailing: Mailing) -> Mailing:
    """Begin to send it to whom it finds now."""
    return services.start(mailing=mailing, seen=services.seen_now(mailing))


def registrar(event: Event) -> Any:
    """A registrar of the event."""
    return make_user("registrar@example.org", (event, "registrar"))
