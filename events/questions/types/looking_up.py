"""Questions that are answered from a table of the database: countries, sessions of the programme."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ...catalogue.country_field import read_countries
from ...catalogue.dates import one_day
from ...catalogue.selectors import country_by_code
from ...catalogue.texts import marked
from ...programme.models import Session as SessionRow
from ...typed.fields import CodeField
from .base import AnswerType, common
from .choosing import SeveralCodes, joined

if TYPE_CHECKING:
    from ..models import Question


class Country(AnswerType):
    """A country or territory. The value is its ISO 3166-1 alpha-2 code."""

    def field(self, question: "Question", kept: Any = None) -> forms.Field:
        """A list of all."""
        return country_field(**common(question))

    def value(self, cleaned: Any) -> Any:
        """The code."""
        return cleaned.iso2 if cleaned else None

    def codes(self, value: Any) -> frozenset[str]:
        """The code."""
        return frozenset({value} if isinstance(value, str) else ())

    def words(self, question: "Question", value: Any, language: str) -> str:
        """The name. One query."""
        return country_name(value, language)


class Session(SeveralCodes):
    """Sessions of the event's programme. Their codes are their identifiers in calendars."""

    def field(self, question: "Question", kept: Any = None) -> forms.Field:
        """Boxes to tick. Cancelled sessions are not offered. One query."""
        event = question.question_set.event
        sessions = SessionRow.objects.filter(event=event, state=SessionRow.State.CONFIRMED)
        return self.boxes(question, [(str(session.uid), _told(session, event)) for session in sessions])

    def words(self, question: "Question", value: Any, language: str) -> str:
        """The titles in the order of the programme. One query."""
        titles = SessionRow.objects.filter(uid__in=value).values_list("title", flat=True)
        return joined((title.text(language) for title in titles), language)


def country_field(**given: Any) -> CodeField:
    """A field for a country, which asks the database when it is drawn and when it is cleaned."""
    field = CodeField(**given)
    read_countries(field)
    return field


def country_name(code: str, language: str) -> str:
    """The country's name, or the code itself when it is no longer in the table."""
    country = country_by_code(code)
    return country.name.text(language) if country else code


def _told(session: SessionRow, event: Any) -> SafeString:
    """Title, day and hour in the event's zone."""
    start = timezone.localtime(session.start, event.tz)
    day = one_day(start.date())
    return format_html("<span>{} <bdi>({}, {})</bdi></span>", marked(session.title), day, f"{start:%H:%M}")
