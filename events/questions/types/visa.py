"""What a host country asks of whoever needs a visa."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from ...catalogue.dates import one_day
from ...typed.fields import Day, TextLine
from .base import AnswerType, common
from .looking_up import country_field, country_name

if TYPE_CHECKING:
    from ..models import Question

PARTS: dict[str, tuple[Any, Any]] = {
    "name": (_("Full name as in the passport"), _("Enter the name as in the passport.")),
    "number": (_("Number of the passport"), _("Enter the number of the passport.")),
    "issued_by": (_("Issued by"), _("Choose the country that issued the passport.")),
    "expires": (_("Valid until"), _("Enter the day on which the passport expires.")),
    "born": (_("Date of birth"), _("Enter the date of birth.")),
    "applies_in": (_("City where you apply for the visa"), _("Enter the city where you apply for the visa.")),
}
"""Label of each part, and the words when it is missing."""

DAYS = ("expires", "born")


class PartsWidget(forms.MultiWidget):
    """Several inputs, each with its label; named after the parts."""

    template_name = "django/forms/widgets/parts.html"
    use_fieldset = True

    def decompress(self, value: Any) -> list[Any]:
        """The parts in order."""
        return [(value or {}).get(part, "") for part in PARTS]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give each input its label."""
        context = super().get_context(name, value, attrs)
        for subwidget, (label, _words) in zip(context["widget"]["subwidgets"], PARTS.values(), strict=True):
            subwidget["label"] = label
        return context


class VisaField(forms.MultiValueField):
    """All parts, or none where none is needed."""

    def __init__(self, **kwargs: Any) -> None:
        """Takes what every field takes."""
        parts = {part: _field_of(part, words) for part, (_label, words) in PARTS.items()}
        widget = PartsWidget({part: field.widget for part, field in parts.items()})
        super().__init__(list(parts.values()), require_all_fields=False, widget=widget, **kwargs)

    def compress(self, data_list: list[Any]) -> dict[str, str] | None:
        """The parts as JSON keeps them."""
        return _as_json(dict(zip(PARTS, data_list, strict=True))) if data_list else None


class Visa(AnswerType):
    """Data of the passport, and where the visa is applied for. The value is an object of text."""

    def field(self, question: "Question", kept: Any = None) -> forms.Field:
        """Its parts in one group."""
        return VisaField(**common(question))

    def posted(self, name: str, value: Any) -> list[tuple[str, str]]:
        """One pair a part."""
        return [(f"{name}_{part}", value[part]) for part in PARTS if part in value]

    def words(self, question: "Question", value: Any, language: str) -> str:
        """One line a part. One query."""
        told = value | {"issued_by": country_name(value["issued_by"], language)}
        told |= {day: one_day(dt.date.fromisoformat(value[day]), language) for day in DAYS}
        with override(language):
            return "\n".join(
                gettext("%(what)s: %(words)s") % {"what": label, "words": told[part]}
                for part, (label, _words) in PARTS.items()
            )


def _field_of(part: str, missing: Any) -> forms.Field:
    # MultiValueField says “incomplete” where one part of several is missing.
    words = {"required": missing, "incomplete": missing}
    match part:
        case "issued_by":
            return country_field(error_messages=words)
        case "expires" | "born":
            return Day(error_messages=words)
        case _:
            return TextLine(longest=120, error_messages=words)


def _as_json(parts: dict[str, Any]) -> dict[str, str]:
    days = {part: parts[part].isoformat() for part in DAYS}
    return parts | days | {"issued_by": parts["issued_by"].iso2}
