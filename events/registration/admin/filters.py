"""The filters of the list of registrations."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from ...catalogue.regions import FaoRegion, WorkshopRegion
from .. import finding
from ..answering import missing_answers
from ..dossier import Funding
from ..models import Registration
from ..states import HOLDS_PLACE, State
from .options import Options, options

Rows = QuerySet[Registration]

RECONFIRMATION = (("waiting", _("Not reconfirmed")), ("reconfirmed", _("Reconfirmed")))
ATTENTION = (
    ("missing", _("Required answers are missing")),
    ("duplicates", _("Possibly registered twice")),
)


def _one_of(label: Any, field: str | None = None, **kwargs: Any) -> django_filters.ChoiceFilter:
    """A list to choose one from, filled when it is shown."""
    return django_filters.ChoiceFilter(
        label=label, field_name=field, empty_label=_("All"), widget=forms.Select, **kwargs
    )


class RegistrationFilterSet(WagtailFilterSet):
    """By where a registration stands, whom the person represents, and what needs a look.

    Delegations and answers are offered once an event is chosen.
    """

    event = _one_of(_("Event"), "event")
    state = _one_of(_("State"), "state", choices=State.choices)
    category = _one_of(_("Category"), "category")
    attention = _one_of(_("Needs a look"), choices=ATTENTION, method="by_attention")
    country = _one_of(_("Country"), "country")
    fao_region = _one_of(_("FAO region"), choices=FaoRegion.choices, method="by_region")
    workshop_region = _one_of(_("Workshop region"), choices=WorkshopRegion.choices, method="by_region")
    rppo = _one_of(_("RPPO"), "rppo")
    representing = _one_of(_("Representing"), "representing", choices=Registration.Representing.choices)
    delegation = _one_of(_("Delegation"), "delegation")
    funding = _one_of(_("Funding"), choices=Funding.Kind.choices, method="by_funding")
    answer = _one_of(_("Answer"), method="by_answer")
    reconfirmation = _one_of(_("After a postponement"), choices=RECONFIRMATION, method="by_reconfirmation")

    class Meta:
        model = Registration
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = (self.data or {}).get("event", "")
        self.options: Options = options(self.request.user, str(chosen))
        for name, choices in {
            "event": self.options.events,
            "category": self.options.categories,
            "country": self.options.countries,
            "rppo": self.options.rppos,
            "delegation": self.options.delegations,
            "answer": self.options.answers,
        }.items():
            self.filters[name].extra["choices"] = choices
        for name in ("delegation", "answer"):
            if not self.filters[name].extra["choices"] and not (self.data or {}).get(name):
                del self.filters[name]

    def by_attention(self, rows: Rows, name: str, value: str) -> Rows:
        """Those that somebody should look at."""
        return missing_answers(rows) if value == "missing" else finding.possible_duplicates(rows)

    def by_region(self, rows: Rows, name: str, value: str) -> Rows:
        """By one of the two groupings of countries."""
        return finding.of_regions(rows, name, [value])

    def by_funding(self, rows: Rows, name: str, value: str) -> Rows:
        """By what was decided."""
        return finding.funded_by(rows, [value])

    def by_answer(self, rows: Rows, name: str, value: str) -> Rows:
        """Those who chose it; the value is the question's primary key and the code."""
        question, _colon, code = value.partition(":")
        return finding.answering(rows, self.options.questions[int(question)], code)

    def by_reconfirmation(self, rows: Rows, name: str, value: str) -> Rows:
        """Those with a place who were asked whether they still come, by their answer."""
        asked = rows.filter(state__in=HOLDS_PLACE, reconfirm_asked_at__isnull=False)
        return asked.filter(reconfirmed_at__isnull=value == "waiting")
