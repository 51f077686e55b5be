"""The figures on a staff screen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ..access.roles import Act
from ..access.selectors import event_ids_for
from ..catalogue.models import Family
from . import selectors
from .figures import DEFINITIONS, NAMES
from .selectors import Span


def figures(request: HttpRequest) -> HttpResponse:
    """The four figures for the events in whose team one is, real ones and demonstrations apart."""
    event_ids = event_ids_for(request.user, Act.SEE_FIGURES)
    span = _span(request)
    real, demonstration = (
        list(selectors.events_reported(event_ids, span, demonstration=only)) for only in (False, True)
    )
    context = {
        "page_title": _("Monitoring figures"),
        "header_icon": "clipboard-list",
        "span": span,
        "years": selectors.years_known(event_ids),
        "families": Family.objects.all(),
        "report": selectors.report(real),
        "demonstration": selectors.report(demonstration) if demonstration else None,
        "recorded": selectors.recorded(event_ids, span),
        "definitions": [(NAMES[name], DEFINITIONS[name]) for name in NAMES],
    }
    return render(request, "events/reports/figures.html", context)


def _span(request: HttpRequest) -> Span:
    """The year and family asked for; what is neither is passed over."""
    year, family = request.GET.get("year", ""), request.GET.get("family", "")
    is_year = year.isascii() and year.isdecimal() and 1 <= len(year) <= 4 and int(year) > 0
    return Span(int(year) if is_year else None, family[:50].replace("\0", "") or None)
